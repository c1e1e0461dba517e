import { INITIAL, latestAcceptanceMs, toClusters, UNASSIGNED } from "./cluster.ts";
import { firstIndex } from "./first-index.ts";
import { haveOrder } from "./have-order.ts";
import type { KeyHistory, Observation, Write } from "./key-history.ts";
import { noObligations, toObligations } from "./obligations.ts";
import type { IsExcused, Obligations } from "./obligations.ts";

export type Legality = "legal" | "illegal" | "unknown";

/** Work that one key may cost where its values repeat: writes and observations, times attempts. */
const maxWork = 400_000;

/**
 * Whether the history of a key is legal, as docs/history-model.md has it.
 *
 * Exact in n log n steps where every value that was seen was sent once. Where a payload is repeated,
 * which of its writes an observation showed is searched for; `unknown` when that takes too long.
 */
export function decideLegality(
  { writes, observations, initial, drained }: KeyHistory,
  isExcused: IsExcused = () => false,
): Legality {
  const obligations = drained ? toObligations(writes, observations, isExcused) : noObligations;
  const candidates = findCandidates(writes, observations, initial, obligations);
  if (candidates.some(({ length }) => length === 0)) return "illegal";
  const holds = (shown: readonly number[]) => {
    const clusters = toClusters(writes, observations, shown, obligations);
    return (
      clusters.every(({ acceptFrom, acceptBy }) => acceptFrom <= acceptBy) && haveOrder(clusters)
    );
  };
  const shown = candidates.map((each) =>
    each.length === 1 ? (each[0] ?? UNASSIGNED) : UNASSIGNED,
  );
  const open = candidates.flatMap(({ length }, at) => (length > 1 ? [at] : []));
  if (!holds(shown)) return "illegal";
  if (open.length === 0) return "legal";
  if (holds(candidates.map(([latest = UNASSIGNED]) => latest))) return "legal";
  open.sort((a, b) => (observations[a]?.sentMs ?? 0) - (observations[b]?.sentMs ?? 0));
  const attempts = Math.ceil(maxWork / (writes.length + observations.length));
  return search({ shown, open, candidates, holds, attempts });
}

interface Search {
  readonly shown: number[];
  /** Observations with several candidates, in the order in which they began. */
  readonly open: readonly number[];
  readonly candidates: readonly (readonly number[])[];
  holds(shown: readonly number[]): boolean;
  attempts: number;
}

/** Assigns one observation after the other, and goes back where what is assigned cannot be. */
function search({ shown, open, candidates, holds, attempts }: Search): Legality {
  const tried = open.map(() => 0);
  let depth = 0;
  while (depth >= 0) {
    const at = open[depth];
    if (at === undefined) return "legal";
    const candidate = candidates[at]?.[tried[depth] ?? 0];
    if (candidate === undefined) {
      shown[at] = UNASSIGNED;
      tried[depth] = 0;
      depth -= 1;
      continue;
    }
    tried[depth] = (tried[depth] ?? 0) + 1;
    shown[at] = candidate;
    if (attempts-- <= 0) return "unknown";
    if (holds(shown)) depth += 1;
  }
  return "illegal";
}

/**
 * For each observation the writes that it may have shown, the latest first: of its value, sent before
 * it ended, and not certainly replaced before it began.
 */
function findCandidates(
  writes: readonly Write[],
  observations: readonly Observation[],
  initial: string | undefined,
  { acceptedSinceMs }: Obligations,
): number[][] {
  const byValue = new Map<string | undefined, SameValue>();
  const groupOf = (value: string | undefined) => {
    const group = byValue.get(value) ?? new SameValue(writes);
    byValue.set(value, group);
    return group;
  };
  groupOf(initial).add(INITIAL);
  writes.forEach(({ value }, index) => {
    groupOf(value).add(index);
  });
  const newestDirect = newestDirectBefore(writes);
  return observations.map(({ value, sentMs, answeredMs }, at) => {
    const replacedMs = Math.max(newestDirect(sentMs), acceptedSinceMs[at] ?? -Infinity);
    return byValue.get(value)?.within(replacedMs, answeredMs) ?? [];
  });
}

/** The writes of one value, in the order in which they were sent. */
class SameValue {
  readonly #writes: readonly Write[];
  readonly #indices: number[] = [];
  /** Until when one of those up to here may have been accepted. */
  readonly #latestMs: number[] = [];

  constructor(writes: readonly Write[]) {
    this.#writes = writes;
  }

  add(index: number): void {
    const latestMs = latestAcceptanceMs(this.#writes[index]);
    this.#indices.push(index);
    this.#latestMs.push(Math.max(this.#latestMs.at(-1) ?? -Infinity, latestMs));
  }

  /** Those sent up to one time that may have been accepted at another or later, the latest first. */
  within(acceptedSinceMs: number, sentByMs: number): number[] {
    const found: number[] = [];
    const sentMs = (at: number) => this.#writes[this.#indices[at] ?? INITIAL]?.sentMs ?? -Infinity;
    let at = firstIndex(this.#indices.length, (each) => sentMs(each) > sentByMs) - 1;
    for (; at >= 0 && (this.#latestMs[at] ?? -Infinity) >= acceptedSinceMs; at -= 1) {
      const index = this.#indices[at] ?? INITIAL;
      if (latestAcceptanceMs(this.#writes[index]) >= acceptedSinceMs) found.push(index);
    }
    return found;
  }
}

/** When the newest direct write was sent that had been answered by then. */
function newestDirectBefore(writes: readonly Write[]): (timeMs: number) => number {
  const direct = writes
    .filter(({ type }) => type === "ok")
    .sort((a, b) => a.answeredMs - b.answeredMs);
  let newest = -Infinity;
  const newestMs = direct.map(({ sentMs }) => (newest = Math.max(newest, sentMs)));
  return (timeMs) => {
    const count = firstIndex(
      direct.length,
      (index) => (direct[index]?.answeredMs ?? Infinity) >= timeMs,
    );
    return newestMs[count - 1] ?? -Infinity;
  };
}
