import type { Found } from "../workload-contract.ts";
import { effectsOf, modelOf, toText } from "./effects.ts";
import { isAcknowledged } from "./history.ts";
import type { Op } from "./history.ts";
import { isIn } from "./stores.ts";
import type { StoreLook, Stores } from "./stores.ts";

interface KeyEffects {
  readonly store: string;
  readonly key: string;
  readonly writes: { readonly op: Op; readonly effect: ReturnType<typeof effectsOf>[number] }[];
}

/**
 * How many writes that had been acknowledged when a look began it does not show. A register shows a write
 * also by the value of one that may be newer. Of a counter, it is the least number of adds that make up
 * what it lacks. No judgement: what is missing may still be under way.
 */
export function countMissing(history: readonly Op[], initial: Stores, look: StoreLook): number {
  const missing = new Set<number>();
  for (const each of byStoreAndKey(history, look)) {
    const found = look.stores[each.store]?.get(each.key);
    const before = initial[each.store]?.get(each.key);
    for (const op of missingOf(each, found, before, look.startMs)) missing.add(op.index);
  }
  return missing.size;
}

function byStoreAndKey(history: readonly Op[], look: StoreLook): Iterable<KeyEffects> {
  const groups = new Map<string, KeyEffects>();
  for (const store of Object.keys(look.stores))
    for (const op of history)
      for (const effect of op.type === "fail" ? [] : effectsOf(op)) {
        if (!isIn(effect, store)) continue;
        const { key } = effect;
        const id = JSON.stringify([store, key]);
        const group = groups.get(id) ?? { store, key, writes: [] };
        group.writes.push({ op, effect });
        groups.set(id, group);
      }
  return groups.values();
}

function missingOf(
  { writes }: KeyEffects,
  found: Found,
  before: Found,
  startMs: number,
): readonly Op[] {
  const due = writes.filter(({ op }) => isAcknowledged(op) && op.endMs < startMs);
  const [first] = due;
  if (!first) return [];
  const model = modelOf(first.effect);
  if (model === "list") {
    const shown = new Set<unknown>(Array.isArray(found) ? found : []);
    return due.flatMap(({ op, effect }) =>
      "append" in effect && !shown.has(effect.append) ? [op] : [],
    );
  }
  if (model === "counter") return missingAdds(due, numberOf(found) - numberOf(before));
  const value = toText(found);
  const shownBy = writes.filter(({ effect }) => valueOf(effect) === value);
  const newestMs = Math.max(
    ...shownBy.map(({ op }) => (op.type === "info" ? Infinity : op.endMs)),
    -Infinity,
  );
  return due.flatMap(({ op }) => (newestMs < op.invokeMs ? [op] : []));
}

function missingAdds(due: KeyEffects["writes"], shown: number): Op[] {
  const adds = due.map(({ op, effect }) => ({ op, add: "add" in effect ? effect.add : 0 }));
  let lacking = adds.reduce((sum, { add }) => sum + add, 0) - shown;
  const missing: Op[] = [];
  for (const { op, add } of adds.sort((a, b) => b.add - a.add)) {
    if (lacking <= 0 || add <= 0) break;
    missing.push(op);
    lacking -= add;
  }
  return missing;
}

/** What a register has after a write: nothing, after one that removes. */
function valueOf(effect: KeyEffects["writes"][number]["effect"]): string | undefined {
  return "put" in effect ? effect.put : undefined;
}

function numberOf(found: Found): number {
  return typeof found === "number" ? found : 0;
}
