import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** What an outage by policy looks like: status 400, which no SDK retries. */
export const denied: Experiment = acceptedByQueue({
  name: "denied",
  title: "DynamoDB denies every call",
  hypothesis: "while DynamoDB denies access, writes are taken by the queue, and none is lost",
});
