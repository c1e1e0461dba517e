import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** Messages that a failing function has received come back when their visibility timeout ends. */
export const retryFunctionFailure: Experiment = acceptedByQueue({
  name: "retry-function-failure",
  title: "DynamoDB is unavailable, and the retry function fails",
  hypothesis: "while the retry function fails, the queue keeps what it has, and loses nothing",
  drainDeadlineMs: 120_000,
});
