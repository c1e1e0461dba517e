import {
  deadLetterQueueIsEmpty,
  everyWriteAnsweredWithin,
  everyWriteIs,
  everyWriteIsAcknowledged,
  isSteady,
  latencyBelow,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** DynamoDB answers correctly, 4 s late. */
export const slowDatabase: Experiment = {
  name: "slow-database",
  title: "DynamoDB takes 4 s a call",
  inStandardSet: true,
  hypothesis: "while DynamoDB is slow, every write is answered within 3 s, from the queue",
  template: (templates) => templates["slow-database"],
  config: {},
  load: {
    keys: { hot: 6, handover: 6, faultOnly: 8 },
    before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    during: { durationMs: 5_000, writesPerSecond: 12, readsPerSecond: 1 },
    after: { durationMs: 1_500, writesPerSecond: 15, readsPerSecond: 5 },
    timeoutMs: 10_000,
  },
  drainDeadlineMs: 90_000,
  faultSign: (op) => op.type !== "ok",
  possibleAcknowledgements: ["ok", "queued"],
  checks: {
    before: [isSteady("before")],
    during: [everyWriteIs("during", "queued", "every POST is answered from the queue")],
    after: [everyWriteIsAcknowledged("after"), latencyBelow("after", 2_000)],
    verify: [everyWriteAnsweredWithin(3_000), nothingLostNothingStale, deadLetterQueueIsEmpty],
  },
};
