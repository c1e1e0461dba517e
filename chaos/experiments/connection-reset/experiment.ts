import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** Nothing answers at all: the error has a system code and no status. */
export const connectionReset: Experiment = acceptedByQueue({
  name: "connection-reset",
  title: "DynamoDB resets every connection",
  hypothesis: "while connections to DynamoDB are reset, writes are taken by the queue",
});
