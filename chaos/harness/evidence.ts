import type { CheckInput } from "./check-input.ts";
import { isAcknowledged } from "./history.ts";
import type { Op } from "./history.ts";
import { isTelling } from "./register/key-history.ts";

/** How much a run can say: of how many acknowledged writes it would have seen the loss. */
export interface Evidence {
  /** Those that went through the queue. */
  readonly queued: number;
  /** Those and the direct ones. */
  readonly all: number;
  /**
   * The smallest share of the writes through the queue, or where none were, of all writes, whose loss
   * this run finds with 99 %: n writes miss a loss of the share p with (1 − p)^n. Absent where no write
   * could show its loss.
   */
  readonly smallestLossRate?: number;
}

const missedWith = 0.01;

/**
 * Counts the acknowledged writes whose loss would have been seen. Such a write is the last acknowledged
 * one of its key, so that a look had to show it, or a read before the next one had to; and it differs
 * from what would have been shown without it. Writes that were in flight at the same time cover for each
 * other, and an unanswered write for all whose value it shares or after which it was seen.
 */
export function gatherEvidence(input: CheckInput): Evidence {
  const writes = tellingWrites(input);
  const all = writes.length;
  return evidenceOf({ queued: writes.filter(({ type }) => type === "queued").length, all });
}

/** The evidence of so many writes that were able to show their loss. */
export function evidenceOf({ queued, all }: Pick<Evidence, "queued" | "all">): Evidence {
  const writes = queued > 0 ? queued : all;
  return { queued, all, ...(writes > 0 && { smallestLossRate: 1 - missedWith ** (1 / writes) }) };
}

/** The acknowledged writes each of which would have been missed, had it been lost. */
export function tellingWrites(input: CheckInput): Op[] {
  return [...Map.groupBy(input.history, ({ key }) => key)].flatMap(([key, ops]) =>
    tellingWritesOf(input, key, ops),
  );
}

function tellingWritesOf(input: CheckInput, key: string, ops: readonly Op[]): Op[] {
  const { drained, clockErrorMs = 0 } = input;
  const apartMs = 2 * clockErrorMs;
  const acknowledged = ops.filter(isAcknowledged).sort((a, b) => a.invokeMs - b.invokeMs);
  const unanswered = new Set(
    ops.flatMap((op) => (op.kind === "write" && op.type === "info" ? [op.value] : [])),
  );
  const reads = ops
    .filter((op) => op.kind === "read" && isTelling(op))
    .sort((a, b) => a.invokeMs - b.invokeMs);
  const before = new Predecessors(acknowledged, input.initialTable.get(key));
  let readsAt = 0;
  return acknowledged.filter((write, index) => {
    const next = acknowledged[index + 1];
    const nextMs = (next?.invokeMs ?? Infinity) - apartMs;
    const isAlone = before.endMs(index) + apartMs < write.invokeMs && write.endMs < nextMs;
    if (!isAlone || unanswered.has(write.value)) return false;
    const differs = (queueIsEmpty: boolean) => !before.shown(index, queueIsEmpty).has(write.value);
    if (!next && isAskedForByLook(input, key, write, unanswered) && differs(drained)) return true;
    if (write.type !== "ok") return false;
    while ((reads[readsAt]?.invokeMs ?? Infinity) <= write.endMs + apartMs) readsAt += 1;
    for (let at = readsAt; at < reads.length; at += 1) {
      const read = reads[at] as Op;
      if (read.invokeMs >= nextMs) return false;
      if (read.endMs < nextMs && !unanswered.has(read.value)) return differs(false);
    }
    return false;
  });
}

function isAskedForByLook(
  { looks, drained, clockErrorMs = 0 }: CheckInput,
  key: string,
  write: Op,
  unanswered: ReadonlySet<string | undefined>,
): boolean {
  return looks.some(
    ({ startMs, table }) =>
      write.endMs + clockErrorMs < startMs &&
      (write.type === "ok" || drained) &&
      !unanswered.has(table.get(key)),
  );
}

/** What comes before each acknowledged write of a key, these in the order in which they were sent. */
class Predecessors {
  readonly #writes: readonly Op[];
  readonly #initial: string | undefined;
  readonly #endMs: number[] = [-Infinity];
  /** When the newest direct write before each was sent. */
  readonly #directMs: number[] = [-Infinity];

  constructor(writes: readonly Op[], initial: string | undefined) {
    this.#writes = writes;
    this.#initial = initial;
    writes.forEach(({ endMs, invokeMs, type }, index) => {
      this.#endMs.push(Math.max(this.endMs(index), endMs));
      this.#directMs.push(type === "ok" ? invokeMs : (this.#directMs[index] ?? -Infinity));
    });
  }

  /** When the last of them was answered. */
  endMs(index: number): number {
    return this.#endMs[index] ?? -Infinity;
  }

  /** What could be shown without the write: what no other has certainly replaced. */
  shown(index: number, queueIsEmpty: boolean): Set<string | undefined> {
    const newest = queueIsEmpty ? this.#writes[index - 1]?.invokeMs : this.#directMs[index];
    const newestMs = newest ?? -Infinity;
    const values = new Set(newestMs === -Infinity ? [this.#initial] : []);
    for (let at = index - 1; at >= 0 && this.endMs(at + 1) >= newestMs; at -= 1) {
      const other = this.#writes[at];
      if (other && other.endMs >= newestMs) values.add(other.value);
    }
    return values;
  }
}
