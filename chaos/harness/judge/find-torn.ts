import type { Effect } from "../../workload-contract.ts";
import type { Anomaly } from "../anomaly.ts";
import { describeEffect, effectsOf, toText } from "../effects.ts";
import { isAcknowledged } from "../history.ts";
import type { Op } from "../history.ts";
import { isIn } from "../stores.ts";
import type { StoreLook } from "../stores.ts";
import type { RunInput } from "./run-input.ts";

/** An effect and whether it certainly shows, or certainly does not; undefined when nobody can tell. */
export interface Shown {
  readonly effect: Effect;
  readonly store: string;
  readonly isThere: boolean | undefined;
}

/**
 * Finds writes with several effects of which the last look showed some and not the others. Of those
 * that were acknowledged, what is missing is lost; only the others can be torn.
 */
export function findTorn({ history, looks, initial }: RunInput): Anomaly[] {
  const look = looks.at(-1);
  const several = history.filter((op) => effectsOf(op).length > 1 && !isAcknowledged(op));
  if (!look || several.length === 0) return [];
  const writesOf = Map.groupBy(
    history.flatMap((op) => effectsOf(op).map(({ key }) => ({ key, op }))),
    ({ key }) => key,
  );
  return several.flatMap((op) => {
    if (op.endMs >= look.startMs) return [];
    const shown = effectsOf(op).flatMap((effect) =>
      Object.keys(look.stores)
        .filter((store) => isIn(effect, store))
        .map((store) => {
          const others = (writesOf.get(effect.key) ?? []).flatMap((other) =>
            other.op === op ? [] : [other.op],
          );
          const before = initial[store]?.get(effect.key);
          return { effect, store, isThere: isThere(op, effect, { look, store, others, before }) };
        }),
    );
    const there = shown.find((each) => each.isThere === true);
    const absent = shown.find((each) => each.isThere === false);
    return there && absent ? [tornAnomaly(op, there, absent)] : [];
  });
}

/** Whether an effect of a write that was not acknowledged shows in a store, where that can be told. */
export function isThere(
  op: Op,
  effect: Effect,
  {
    look,
    store,
    others,
    before,
  }: {
    readonly look: StoreLook;
    readonly store: string;
    readonly others: readonly Op[];
    readonly before: unknown;
  },
): boolean | undefined {
  const found = look.stores[store]?.get(effect.key);
  if ("append" in effect) {
    const isRepeated = others.some((other) =>
      effectsOf(other).some((each) => "append" in each && each.append === effect.append),
    );
    const has = Array.isArray(found) && found.includes(effect.append);
    return isRepeated ? undefined : has;
  }
  if (!("put" in effect)) return undefined;
  const isMeant = toText(found) === effect.put;
  const isRepeated =
    before === effect.put ||
    others.some((other) =>
      effectsOf(other).some((each) => "put" in each && each.put === effect.put),
    );
  if (isMeant) return isRepeated ? undefined : true;
  // Nothing that may have come later has written the key, so this write has not.
  const isLast = others.every(
    (other) => other.type === "fail" || (other.type === "ok" && other.endMs < op.invokeMs),
  );
  return isLast ? false : undefined;
}

/** @param there an effect that shows, beside one that does not */
export function tornAnomaly(op: Op, there: Shown, absent: Shown): Anomaly {
  const name = ({ effect, store }: Shown) => `${effect.key} in ${store}`;
  return {
    kind: "torn",
    key: there.effect.key,
    message:
      `A write of several effects that was answered with ${String(op.status ?? op.error)} shows in part: ` +
      `${name(there)} has ${describeEffect(there.effect)}, and ${name(absent)} has it not.`,
    expected: op,
    looks: [],
    writes: [op],
  };
}
