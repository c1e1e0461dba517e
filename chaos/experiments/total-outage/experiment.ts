import {
  deadLetterQueueIsEmpty,
  every,
  everyWriteFails,
  everyWriteIsAcknowledged,
  isSteady,
  isWrite,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** Neither the database nor the topic takes a write, so nothing may say that it did. */
export const totalOutage: Experiment = {
  name: "total-outage",
  title: "DynamoDB and SNS fail every call",
  inStandardSet: true,
  hypothesis: "while neither database nor topic takes a write, no write is acknowledged",
  template: (templates) => templates["total-outage"],
  config: {},
  load: {
    keys: { hot: 10, handover: 8, faultOnly: 8 },
    before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    during: { durationMs: 2_500, writesPerSecond: 20, readsPerSecond: 10 },
    after: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    timeoutMs: 10_000,
  },
  drainDeadlineMs: 90_000,
  faultSign: (op) => op.type !== "ok",
  possibleAcknowledgements: [],
  checks: {
    before: [isSteady("before")],
    during: [
      everyWriteFails("during"),
      every(
        "during",
        "every failed POST says when to try again (Retry-After)",
        isWrite,
        (op) => op.retryAfter !== undefined,
      ),
    ],
    after: [everyWriteIsAcknowledged("after")],
    verify: [nothingLostNothingStale, deadLetterQueueIsEmpty],
  },
};
