import type { Effect, Found } from "../workload-contract.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { describeEffect, toText } from "./effects.ts";
import { isIn } from "./stores.ts";
import type { Placement, Stores } from "./stores.ts";

/** Where one effect shows, of the stores in which it may. */
export interface Showing {
  readonly effect: Effect;
  readonly in: readonly string[];
  readonly notIn: readonly string[];
}

/** Where acknowledged effects show, over what the stores had before. */
export function showingsOf(effects: readonly Effect[], stores: Stores, before: Stores): Showing[] {
  return lastOfEach(effects).map((effect) =>
    showingOf(effect, stores, expectedOf(effect, effects), before),
  );
}

/** Of several effects on one key in one store the last says what is there. */
function lastOfEach(effects: readonly Effect[]): Effect[] {
  return [
    ...new Map(effects.map((effect) => [JSON.stringify([effect.key, effect.in]), effect])).values(),
  ];
}

/** All effects on the key of this one. */
function expectedOf({ key, in: store }: Effect, effects: readonly Effect[]): readonly Effect[] {
  return effects.filter((each) => each.key === key && each.in === store);
}

function showingOf(
  effect: Effect,
  stores: Stores,
  all: readonly Effect[],
  before: Stores,
): Showing {
  const possible = Object.keys(stores).filter((store) => isIn(effect, store));
  const isShown = (store: string) => {
    const found = stores[store]?.get(effect.key);
    if ("put" in effect) return toText(found) === effect.put;
    if ("remove" in effect) return found === undefined;
    if ("append" in effect)
      return all.every(
        (each) => "append" in each && Array.isArray(found) && found.includes(each.append),
      );
    const added = all.reduce((sum, each) => sum + ("add" in each ? each.add : 0), 0);
    return (
      Math.abs(Number(found ?? NaN) - Number(before[store]?.get(effect.key) ?? 0) - added) < 1e-9
    );
  };
  return {
    effect,
    in: possible.filter(isShown),
    notIn: possible.filter((store) => !isShown(store)),
  };
}

/** Undefined while something does not show. */
export function placementOf(
  showings: readonly Showing[],
  stores: readonly string[],
): Placement | undefined {
  if (showings.every(({ notIn, in: there }) => notIn.length === 0 && there.length > 0))
    return "every";
  const isOne = showings.every(({ in: there }) => there.length === 1);
  const used = new Set(showings.flatMap(({ in: there }) => there));
  return isOne && showings.length > 1 && used.size === stores.length ? "one" : undefined;
}

/** Says of the first effect that does not show where, and what is there instead. */
export function explainShowings(showings: readonly Showing[], stores: Stores): CannotRunError {
  const missing = showings.find(({ notIn }) => notIn.length > 0) ?? showings[0];
  const { effect, notIn } = missing as Showing;
  const [store] = notIn;
  if (store === undefined)
    return wrong(
      `the effect on ${effect.key} is to show in ${String(effect.in)}, and truth returns ${Object.keys(stores).join(", ")}.`,
    );
  const found = toText(stores[store]?.get(effect.key)) ?? "nothing";
  return wrong(
    `truth does not show what was acknowledged: ${store} has ${found} for ${effect.key}, and the write was ${describeEffect(effect)}. ` +
      "If the effect shows in another store only, say which with `in`.",
  );
}

/** On a key that other writes share, what tells that this very effect has happened; adds do not. */
export function isShownBy(effect: Effect, found: Found): boolean {
  if ("put" in effect) return toText(found) === effect.put;
  return "append" in effect && Array.isArray(found) && found.includes(effect.append);
}

/** The sentence about a workload that does not do what it says. */
export function wrong(what: string): CannotRunError {
  return new CannotRunError(`The workload is wrong: ${what}`);
}
