import {
  deadLetterQueueIsEmpty,
  everyReadAnswers,
  everyWriteFails,
  everyWriteIsAcknowledged,
  isSteady,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** Every function behind the API answers 503 without running. */
export const functionResponse: Experiment = {
  name: "function-response",
  title: "every function behind the API answers 503",
  inStandardSet: true,
  hypothesis:
    "while the functions do not run, no write is acknowledged, and afterwards all is as before",
  stackTemplate: {
    scenario: "function-response",
    failure: "every function behind the API answers 503 and does not run",
  },
  config: {},
  load: {
    keys: { hot: 10, handover: 8, faultOnly: 8 },
    before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    during: { durationMs: 2_500, writesPerSecond: 20, readsPerSecond: 10 },
    after: { durationMs: 1_500, writesPerSecond: 20, readsPerSecond: 10 },
    timeoutMs: 10_000,
  },
  drainDeadlineMs: 90_000,
  faultSign: (op) => op.status === 503,
  possibleAcknowledgements: [],
  checks: {
    before: [isSteady("before")],
    during: [everyWriteFails("during"), everyReadAnswers("during", 503)],
    after: [everyWriteIsAcknowledged("after")],
    verify: [nothingLostNothingStale, deadLetterQueueIsEmpty],
  },
};
