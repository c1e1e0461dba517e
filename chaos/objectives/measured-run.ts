import type { ExperimentRun } from "../harness/experiment-run.ts";
import { totalPending } from "../harness/pending-watch.ts";
import type { Measured } from "./metrics.ts";

/** What a run has measured so far, as far as objectives ask for it. */
export function measuredOf(run: ExperimentRun): Measured {
  const { recoveryMs, verdict, queueWatch } = run.aftermath ?? {};
  const samples = queueWatch?.samples ?? [];
  return {
    recoveryMs,
    evidence: verdict?.evidence,
    pendingPeak:
      samples.length === 0
        ? undefined
        : samples.reduce((peak, sample) => Math.max(peak, totalPending(sample)), 0),
    faultFired: run.faultFired,
    latency: (phase) => run.latency(phase),
    sentIn: (phase) => run.sentIn(phase),
  };
}
