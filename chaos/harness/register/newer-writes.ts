import { latestAcceptanceMs } from "./cluster.ts";
import type { KeyHistory, Observation, Write } from "./key-history.ts";
import type { IsExcused } from "./obligations.ts";

/**
 * The writes that an observation had to take into account, and that were certainly accepted after
 * everything that it can have shown, in the order in which they were sent.
 */
export function newerWrites(
  history: KeyHistory,
  seen: Observation,
  isExcused: IsExcused = () => false,
): Write[] {
  const { writes, observations, drained } = history;
  const shownMs = latestShownMs(history, seen);
  const lastLookMs = [...observations, seen].reduce(
    (latest, { look, sentMs }) =>
      look !== undefined && sentMs <= seen.sentMs ? Math.max(latest, sentMs) : latest,
    -Infinity,
  );
  return writes.filter((write) => {
    if (write.sentMs <= shownMs) return false;
    if (write.type === "ok") return write.answeredMs < seen.sentMs;
    return write.type === "queued" && drained && write.answeredMs < lastLookMs && !isExcused(write);
  });
}

/** Until when what the observation showed may have been accepted. */
function latestShownMs(history: KeyHistory, { value, answeredMs }: Observation): number {
  const shown = history.writes.filter(
    (write) => write.value === value && write.sentMs <= answeredMs,
  );
  const proven = (write: Write) =>
    write.type === "info" && shown.length === 1
      ? provenBy(history, value)
      : latestAcceptanceMs(write);
  return shown.reduce((latest, write) => Math.max(latest, proven(write)), -Infinity);
}

/** An unanswered write has certainly been accepted once something has shown it. */
function provenBy({ observations, initial }: KeyHistory, value: string | undefined): number {
  if (initial === value) return Infinity;
  return observations.reduce(
    (first, each) => (each.value === value ? Math.min(first, each.answeredMs) : first),
    Infinity,
  );
}
