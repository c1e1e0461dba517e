import type { Pace } from "./pace.ts";
import type { DeadLetter } from "./probes/dead-letters.ts";
import { isEmpty } from "./probes/queue-depth.ts";
import type { QueueDepth } from "./probes/queue-depth.ts";
import type { Item } from "./probes/scan-table.ts";
import type { Stack } from "./stack.ts";
import { UndecidedError } from "./step-errors.ts";
import { until, UntilError } from "./until.ts";

/** What was on the stack before a run, and is not its doing. */
export interface Baseline {
  readonly items: ReadonlyMap<string, Item>;
  /** Those of the letters that were not in the dead-letter queue before. */
  withoutFormer(letters: readonly DeadLetter[]): readonly DeadLetter[];
}

/** Before anything has been read. */
export const emptyBaseline: Baseline = { items: new Map(), withoutFormer: (letters) => letters };

/** @throws UndecidedError when the queue still holds what an earlier run has left in it */
export async function takeBaseline(
  stack: Stack,
  { settleMs }: Pace,
  signal: AbortSignal,
): Promise<Baseline> {
  await untilQueueIsFree(stack, settleMs, signal);
  const former = new Set((await stack.deadLetters(signal)).map(({ messageId }) => messageId));
  return {
    items: await stack.scan(signal),
    withoutFormer: (letters) => letters.filter(({ messageId }) => !former.has(messageId)),
  };
}

async function untilQueueIsFree(
  stack: Stack,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<void> {
  let depth: QueueDepth | undefined;
  const isFree = async () => {
    depth = await stack.queueDepth(signal);
    return !depth || isEmpty(depth);
  };
  await until("the queue is empty before the run", isFree, { deadlineMs, signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      if (!(error instanceof UntilError) || !depth) throw error;
      throw new UndecidedError(
        `The queue still holds what was there before this run (${JSON.stringify(depth)}): it has to be drained or purged first.`,
      );
    },
  );
}
