import type { ExperimentRun } from "./experiment-run.ts";
import { isAcknowledged } from "./history.ts";
import type { Phase } from "./history.ts";
import type { Measurements } from "./journal.ts";

/** The numbers of a run that the table shows. */
export function measure(run: ExperimentRun): Measurements {
  const { ops } = run.history;
  const { verdict, recoveryMs } = run.aftermath ?? {};
  const phases: readonly Phase[] = ["before", "during", "after"];
  return {
    requests: ops.length,
    acknowledged: ops.filter(isAcknowledged).length,
    ...(verdict &&
      verdict.result !== "unknown" && { lost: verdict.counts.lost, stale: verdict.counts.stale }),
    ...(recoveryMs !== undefined && { recoveryMs }),
    latency: Object.fromEntries(
      phases.flatMap((phase) => {
        const latency = run.latency(phase);
        return latency ? [[phase, latency]] : [];
      }),
    ),
  };
}
