import type { Effect, Found } from "../workload-contract.ts";
import type { Op } from "./history.ts";

/** How a key is judged. */
export type Model = "register" | "counter" | "list";

export function modelOf(effect: Effect): Model {
  if ("add" in effect) return "counter";
  return "append" in effect ? "list" : "register";
}

/** What a write of a history does. */
export function effectsOf({ kind, key, value, effects }: Op): readonly Effect[] {
  if (kind === "read") return [];
  return effects ?? (value === undefined ? [] : [{ key, put: value }]);
}

/** What was found, as a register shows it: a text that is equal exactly when the same was found. */
export function toText(found: Found): string | undefined {
  if (found === undefined || typeof found === "string") return found;
  return typeof found === "number" ? String(found) : JSON.stringify(found);
}

/** An effect in a few words: what it puts, adds or appends. */
export function describeEffect(effect: Effect): string {
  if ("put" in effect) return effect.put;
  if ("add" in effect) return `${effect.add < 0 ? "" : "+"}${String(effect.add)}`;
  return "append" in effect ? `append ${effect.append}` : "remove";
}

/** @throws TypeError with a sentence about the first effect that is none */
export function assertEffects(effects: unknown): asserts effects is readonly Effect[] {
  if (!Array.isArray(effects))
    throw new TypeError(`effects returned ${typeof effects}, not a list.`);
  for (const each of effects as readonly unknown[]) {
    const effect = (typeof each === "object" && each !== null ? each : {}) as Readonly<
      Record<string, unknown>
    >;
    const { key, in: store } = effect;
    const actions = ["put", "remove", "add", "append"].filter((name) => name in effect);
    const isFine =
      typeof key === "string" &&
      (store === undefined || typeof store === "string") &&
      actions.length === 1 &&
      (typeof effect["put"] === "string" ||
        effect["remove"] === true ||
        Number.isFinite(effect["add"]) ||
        typeof effect["append"] === "string");
    if (!isFine)
      throw new TypeError(
        `effects returned ${JSON.stringify(each)}: an effect has a key and one of put (a text), remove (true), add (a number) and append (a text).`,
      );
  }
}
