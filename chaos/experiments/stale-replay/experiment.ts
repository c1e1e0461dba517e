import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import { everyReadAnswers, everyWriteIsAcknowledged } from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { shortLoad } from "../../harness/short-load.ts";

const common = acceptedByQueue({
  name: "stale-replay",
  title: "the queue keeps old writes while newer ones go straight into the table",
  hypothesis: "when the queue is read again, none of its old writes wins over a newer one",
});

/**
 * DynamoDB takes no writes for the first two seconds; nobody receives what is queued until the fault
 * is over. By then most keys have newer direct writes.
 */
export const staleReplay: Experiment = {
  ...common,
  inStandardSet: true,
  load: {
    ...shortLoad({ faultMs: 5_000, keys: { hot: 20, handover: 12, faultOnly: 20 } }),
    during: { durationMs: 5_000, writesPerSecond: 40, readsPerSecond: 20 },
  },
  possibleAcknowledgements: ["ok", "queued"],
  checks: {
    ...common.checks,
    during: [everyWriteIsAcknowledged("during"), everyReadAnswers("during", 200)],
  },
};
