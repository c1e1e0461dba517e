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
   * The smallest share of the writes through the queue whose loss this run finds with 99 %: n writes
   * miss a loss of the share p with (1 − p)^n. Absent where no such write could show its loss.
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
  let queued = 0;
  let all = 0;
  const byKey = Map.groupBy(input.history, ({ key }) => key);
  for (const [key, ops] of byKey)
    for (const write of tellingWrites(input, key, ops)) {
      all += 1;
      if (write.type === "queued") queued += 1;
    }
  return { queued, all, ...(queued > 0 && { smallestLossRate: 1 - missedWith ** (1 / queued) }) };
}

function tellingWrites(input: CheckInput, key: string, ops: readonly Op[]): Op[] {
  const errorMs = input.clockErrorMs ?? 0;
  const acknowledged = ops.filter(isAcknowledged).sort((a, b) => a.invokeMs - b.invokeMs);
  const unanswered = new Set(
    ops.flatMap((op) => (op.kind === "write" && op.type === "info" ? [op.value] : [])),
  );
  const reads = ops
    .filter((op) => op.kind === "read" && isTelling(op))
    .sort((a, b) => a.invokeMs - b.invokeMs);
  let readsAt = 0;
  let latest = -Infinity;
  const latestEndMs = acknowledged.map(({ endMs }) => (latest = Math.max(latest, endMs)));
  return acknowledged.filter((write, index) => {
    const isAfterAll = (latestEndMs[index - 1] ?? -Infinity) + 2 * errorMs < write.invokeMs;
    if (!isAfterAll || unanswered.has(write.value)) return false;
    if (
      shownWithout(acknowledged, index, latestEndMs, input.initialTable.get(key)).has(write.value)
    )
      return false;
    const next = acknowledged[index + 1];
    const nextMs = (next?.invokeMs ?? Infinity) - 2 * errorMs;
    if (nextMs <= write.endMs) return false;
    if (!next && isAskedForByLook(input, key, write, unanswered)) return true;
    if (write.type !== "ok") return false;
    while ((reads[readsAt]?.invokeMs ?? Infinity) <= write.endMs + 2 * errorMs) readsAt += 1;
    for (let at = readsAt; at < reads.length; at += 1) {
      const read = reads[at] as Op;
      if (read.invokeMs >= nextMs) return false;
      if (read.endMs < nextMs && !(read.value !== undefined && unanswered.has(read.value)))
        return true;
    }
    return false;
  });
}

function isAskedForByLook(
  { looks, drained }: CheckInput,
  key: string,
  write: Op,
  unanswered: ReadonlySet<string | undefined>,
): boolean {
  return looks.some(({ startMs, table }) => {
    const isOwed = write.endMs < startMs && (write.type === "ok" || drained);
    const found = table.get(key);
    return isOwed && !(found !== undefined && unanswered.has(found));
  });
}

/** What could have been shown if a write had been lost: the last of those before it. */
function shownWithout(
  acknowledged: readonly Op[],
  index: number,
  latestEndMs: readonly number[],
  initial: string | undefined,
): Set<string | undefined> {
  const last = acknowledged[index - 1];
  if (!last) return new Set([initial]);
  const values = new Set([last.value]);
  for (let at = index - 2; (latestEndMs[at] ?? -Infinity) >= last.invokeMs; at -= 1) {
    const other = acknowledged[at];
    if (other && other.endMs >= last.invokeMs) values.add(other.value);
  }
  return values;
}
