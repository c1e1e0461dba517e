import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import { everyReadAnswers, everyWriteIsAcknowledged } from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { shortLoad } from "../../harness/short-load.ts";

const common = acceptedByQueue({
  name: "lost-acknowledgement",
  title: "DynamoDB takes every write, and its answer never arrives",
  hypothesis:
    "while nobody can tell whether a write was taken, none is lost and none comes back old",
});

/** The put has happened, the caller sees a reset connection, and whatever it does next is a repeat. */
export const lostAcknowledgement: Experiment = {
  ...common,
  inStandardSet: true,
  load: { ...shortLoad(), during: { durationMs: 2_500, writesPerSecond: 30, readsPerSecond: 30 } },
  possibleAcknowledgements: ["ok", "queued"],
  checks: {
    ...common.checks,
    during: [everyWriteIsAcknowledged("during"), everyReadAnswers("during", 200)],
  },
};
