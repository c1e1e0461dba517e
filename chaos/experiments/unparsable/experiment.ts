import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** What a load balancer answers for a service that is gone: SDKs throw a SyntaxError. */
export const unparsable: Experiment = acceptedByQueue({
  name: "unparsable",
  title: "DynamoDB answers 503 with an HTML page",
  hypothesis: "while DynamoDB's answers cannot be parsed, writes are taken by the queue",
});
