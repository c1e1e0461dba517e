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
  const looks = [...observations, seen].filter(({ look }) => look !== undefined);
  const lastLookMs = Math.max(
    -Infinity,
    ...looks.flatMap(({ sentMs }) => (sentMs <= seen.sentMs ? [sentMs] : [])),
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
  return Math.max(
    -Infinity,
    ...shown.map((write) =>
      write.type === "info" && shown.length === 1
        ? provenBy(history, value)
        : latestAcceptanceMs(write),
    ),
  );
}

/** An unanswered write has certainly been accepted once something has shown it. */
function provenBy({ observations, initial }: KeyHistory, value: string | undefined): number {
  if (initial === value) return Infinity;
  const ends = observations.flatMap((each) => (each.value === value ? [each.answeredMs] : []));
  return Math.min(Infinity, ...ends);
}
