import { nowMs } from "./history.ts";
import type { Op } from "./history.ts";
import type { QueueWatch } from "./queue-watch.ts";
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
export async function untilEmpty(watch: QueueWatch, options: EmptyOptions): Promise<number> {
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

/** When the first write that was sent after the fault had gone straight into the database. */
export function firstDirectWriteMs(ops: readonly Op[], stoppedMs: number): number | undefined {
  const direct = ops.filter(
    (op) => op.kind === "write" && op.type === "ok" && op.invokeMs >= stoppedMs,
  );
  return direct.length > 0 ? Math.min(...direct.map((op) => op.endMs)) : undefined;
}
