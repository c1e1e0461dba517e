import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import { everyReadAnswers, everyWriteIsAcknowledged } from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { shortLoad } from "../../harness/short-load.ts";

const common = acceptedByQueue({
  name: "write-outage",
  title: "DynamoDB fails every call that writes",
  hypothesis:
    "while DynamoDB takes no writes, reads go on and are right, and the queue takes writes",
});

/** Only the writes fail: what is read in the meantime must never go back. */
export const writeOutage: Experiment = {
  ...common,
  load: { ...shortLoad(), during: { durationMs: 2_500, writesPerSecond: 30, readsPerSecond: 30 } },
  checks: {
    ...common.checks,
    during: [everyWriteIsAcknowledged("during"), everyReadAnswers("during", 200)],
  },
};
