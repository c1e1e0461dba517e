import { ownerKey } from "./owner-key.ts";
import type { FaultRule } from "./rule.ts";

/** The rules in force. Owners keep the order in which they came. */
export interface FaultStore {
  /** Every rule in force, the rules of one owner together and in their order. */
  readonly rules: readonly FaultRule[];
  /** The rules of one owner (see `ownerKey`). */
  rulesOf(owner: string): readonly FaultRule[];
  /** Puts `rules` in the place of all that the owner had. A rule in both lists stays in force. */
  replace(owner: string, rules: readonly FaultRule[]): void;
  /** Takes all rules of the owner out of force. */
  remove(owner: string): void;
  /** Takes all rules out of force. */
  clear(): void;
  isInForce(rule: FaultRule): boolean;
  /** Calls back once when the rule goes out of force. Returns what ends the watch. */
  onRemoval(rule: FaultRule, callback: () => void): () => void;
}

export function createFaultStore(): FaultStore {
  const byOwner = new Map<string, readonly FaultRule[]>();
  const watches = new Map<FaultRule, Set<() => void>>();
  let rules: readonly FaultRule[] = [];

  function update(): void {
    rules = [...byOwner.values()].flat();
    const inForce = new Set(rules);
    for (const [rule, callbacks] of watches) {
      if (inForce.has(rule)) continue;
      watches.delete(rule);
      for (const callback of callbacks) callback();
    }
  }

  return {
    get rules() {
      return rules;
    },
    rulesOf: (owner) => byOwner.get(owner) ?? [],
    replace(owner, replacement) {
      const foreign = replacement.find((rule) => ownerKey(rule.owner) !== owner);
      if (foreign) throw new Error(`A rule of ${ownerKey(foreign.owner)} was put under ${owner}.`);
      if (replacement.length > 0) byOwner.set(owner, [...replacement]);
      else byOwner.delete(owner);
      update();
    },
    remove(owner) {
      if (byOwner.delete(owner)) update();
    },
    clear() {
      byOwner.clear();
      update();
    },
    isInForce: (rule) => rules.includes(rule),
    onRemoval(rule, callback) {
      const callbacks = watches.get(rule) ?? new Set();
      watches.set(rule, callbacks.add(callback));
      return () => {
        callbacks.delete(callback);
        if (callbacks.size === 0 && watches.get(rule) === callbacks) watches.delete(rule);
      };
    },
  };
}
