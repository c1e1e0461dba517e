import { isAcknowledged, nowMs } from "./history.ts";
import type { Op } from "./history.ts";
import type { PendingWatch } from "./pending-watch.ts";
import { UndecidedError } from "./step-errors.ts";
import { until, UntilError } from "./until.ts";

export interface EmptyOptions {
  /** Samples from before this do not count. */
  readonly sinceMs: number;
  /** How long the queue must have been empty. */
  readonly forMs: number;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/**
 * Waits until the queue has been empty for a while.
 *
 * @returns since when it has been empty, in milliseconds since the epoch
 * @throws UndecidedError at the deadline: what the queue still holds may yet arrive
 */
export async function untilEmpty(watch: PendingWatch, options: EmptyOptions): Promise<number> {
  const { sinceMs, forMs, deadlineMs, signal } = options;
  const askedMs = nowMs();
  try {
    await until("the queue is empty", () => watch.samples.at(-1) ?? "no answer from the queue", {
      deadlineMs: deadlineMs + forMs,
      accept: (sample) => {
        if (typeof sample === "string" || sample.atMs < askedMs) return false;
        const emptyMs = watch.emptySinceMs(sinceMs);
        return emptyMs !== undefined && sample.atMs - emptyMs >= forMs;
      },
      signal,
    });
  } catch (error) {
    if (error instanceof UntilError) throw new UndecidedError(error.message);
    throw error;
  }
  return watch.emptySinceMs(sinceMs) ?? askedMs;
}

/** When the first write that was sent after the fault had been acknowledged. */
export function firstAcknowledgedMs(ops: readonly Op[], stoppedMs: number): number | undefined {
  const endsMs = ops
    .filter((op) => isAcknowledged(op) && op.invokeMs >= stoppedMs)
    .map(({ endMs }) => endMs);
  return endsMs.length > 0 ? Math.min(...endsMs) : undefined;
}
