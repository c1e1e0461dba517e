import {
  deadLetterQueueIsEmpty,
  everyReadAnswers,
  everyWriteIs,
  everyWriteIsAcknowledged,
  isSteady,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { queueRaises } from "../../product/tutorial-checks.ts";

/** The topic is all that holds a write: its messages reach the queue when the queue is back. */
export const queueOutage: Experiment = {
  name: "queue-outage",
  title: "DynamoDB and SQS fail every call",
  inStandardSet: true,
  hypothesis: "while DynamoDB and SQS fail, the topic holds the writes that it has acknowledged",
  template: (templates) => templates["queue-outage"],
  config: {},
  load: {
    keys: { hot: 10, handover: 8, faultOnly: 8 },
    before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    during: { durationMs: 2_000, writesPerSecond: 60, readsPerSecond: 10 },
    after: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    timeoutMs: 10_000,
  },
  drainDeadlineMs: 90_000,
  // By the end of this fault, SNS tries again every one to two seconds.
  quietMs: 2_500,
  faultSign: (op) => op.type !== "ok",
  possibleAcknowledgements: ["queued"],
  checks: {
    before: [isSteady("before")],
    during: [
      { ...queueRaises("DynamoDbException"), early: true },
      everyWriteIs("during", "queued", "every POST is taken by the topic"),
      everyReadAnswers("during", 503),
    ],
    after: [everyWriteIsAcknowledged("after")],
    verify: [nothingLostNothingStale, deadLetterQueueIsEmpty],
  },
};
