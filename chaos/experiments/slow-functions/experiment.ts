import {
  deadLetterQueueIsEmpty,
  every,
  everyWriteIsAcknowledged,
  isSteady,
  isWrite,
  latencyBelow,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import type { Op } from "../../harness/history.ts";

const delayMs = 4_000;

/** AWS's own latency: every function begins 4 s late, and everything it then calls works. */
export const slowFunctions: Experiment = {
  name: "slow-functions",
  title: "every function begins 4 s late",
  inStandardSet: true,
  hypothesis: "while the functions begin late, every write is taken, late, and none is lost",
  stackTemplate: { scenario: "slow-functions", failure: "every function begins 4 s late" },
  config: {},
  load: {
    keys: { hot: 6, handover: 6, faultOnly: 8 },
    before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    during: { durationMs: 5_500, writesPerSecond: 3, readsPerSecond: 1 },
    after: { durationMs: 1_500, writesPerSecond: 15, readsPerSecond: 5 },
    timeoutMs: 15_000,
  },
  drainDeadlineMs: 90_000,
  faultSign: isLate,
  possibleAcknowledgements: ["ok", "queued"],
  checks: {
    before: [isSteady("before"), latencyBelow("before", 2_000)],
    during: [
      everyWriteIsAcknowledged("during"),
      every("during", "every POST takes 4 s or more", isWrite, isLate),
    ],
    after: [everyWriteIsAcknowledged("after"), latencyBelow("after", 2_000)],
    verify: [nothingLostNothingStale, deadLetterQueueIsEmpty],
  },
};

function isLate(op: Op): boolean {
  return op.endMs - op.invokeMs >= delayMs;
}
