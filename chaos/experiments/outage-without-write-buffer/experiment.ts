import {
  everyReadAnswers,
  everyWriteFails,
  isSteady,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";

/** The tutorial's application before its solution: no topic, no queue. */
export const outageWithoutWriteBuffer: Experiment = {
  name: "outage-without-write-buffer",
  title: "DynamoDB fails every call",
  inStandardSet: true,
  hypothesis: "without the write buffer, writes fail in an outage, and say so",
  template: (templates) => templates["outage-without-write-buffer"],
  stackTemplate: {
    scenario: "outage",
    failure:
      "DynamoDB denies the functions with 400 AccessDeniedException, which SDKs do not retry",
  },
  config: { writeBuffer: "false" },
  load: {
    keys: { hot: 10, handover: 8, faultOnly: 8 },
    before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    during: { durationMs: 2_500, writesPerSecond: 20, readsPerSecond: 10 },
    after: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    timeoutMs: 10_000,
  },
  drainDeadlineMs: 30_000,
  faultSign: (op) => op.type !== "ok",
  possibleAcknowledgements: [],
  checks: {
    before: [isSteady("before")],
    during: [everyWriteFails("during"), everyReadAnswers("during", 503)],
    after: [isSteady("after")],
    verify: [nothingLostNothingStale],
  },
};
