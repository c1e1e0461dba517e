import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { shortLoad } from "../../harness/short-load.ts";

/** An application that knows one kind of failure passes an outage of that kind, and no other. */
export const mixedFailures: Experiment = acceptedByQueue({
  name: "mixed-failures",
  inStandardSet: true,
  title: "DynamoDB fails every call, each in another way",
  hypothesis:
    "however DynamoDB fails a call, the write is taken by the queue, and none is lost or stale",
  load: shortLoad({ writesPerSecond: 80 }),
});
