import {
  deadLetterQueueIsEmpty,
  everyReadAnswers,
  everyWriteFails,
  everyWriteIsAcknowledged,
  isSteady,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** Every function does its work and then fails, so that nobody is told what it has done. */
export const functionError: Experiment = {
  name: "function-error",
  title: "every function runs and then fails",
  inStandardSet: true,
  hypothesis:
    "while the functions fail after their work, no write is acknowledged and none goes stale",
  stackTemplate: {
    scenario: "function-error",
    failure: "every function runs and then fails; API Gateway answers 502",
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
  faultSign: (op) => op.status === 502,
  possibleAcknowledgements: [],
  checks: {
    before: [isSteady("before")],
    during: [everyWriteFails("during"), everyReadAnswers("during", 502)],
    after: [everyWriteIsAcknowledged("after")],
    verify: [nothingLostNothingStale, deadLetterQueueIsEmpty],
  },
};
