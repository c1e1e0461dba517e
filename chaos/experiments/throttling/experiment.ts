import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** DynamoDB throttles, in each of the ways in which it does: status 400, not 500. */
export const throttling: Experiment = acceptedByQueue({
  name: "throttling",
  title: "DynamoDB throttles every call",
  hypothesis: "while DynamoDB throttles, writes are taken by the queue, and none is lost or stale",
});
