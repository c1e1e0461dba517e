import type { Anomaly, AnomalyKind } from "./anomaly.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import { isAcknowledged } from "./history.ts";
import type { Phase } from "./history.ts";
import type { Measurements } from "./journal.ts";

/** What can make an acknowledged write unsafe. */
export const unsafeKinds: ReadonlySet<AnomalyKind> = new Set<AnomalyKind>([
  "lost",
  "dead-lettered",
  "stale",
  "late-overwrite",
  "duplicated",
  "reordered",
  "false-acknowledgement",
]);

/** The numbers of a run that the table shows. */
export function measure(run: ExperimentRun): Measurements {
  const { ops } = run.history;
  const { verdict, recoveryMs } = run.aftermath ?? {};
  const phases: readonly Phase[] = ["before", "during", "after"];
  return {
    requests: ops.length,
    acknowledged: ops.filter(isAcknowledged).length,
    ...(verdict && {
      ...(verdict.result !== "unknown" && {
        lost: verdict.counts.lost,
        stale: verdict.counts.stale,
        unsafe: countUnsafe(verdict.anomalies),
        counts: verdict.counts,
      }),
      evidence: verdict.evidence,
      ...(verdict.clockErrorMs !== undefined && { clockErrorMs: verdict.clockErrorMs }),
    }),
    ...(recoveryMs !== undefined && { recoveryMs }),
    latency: Object.fromEntries(
      phases.flatMap((phase) => {
        const latency = run.latency(phase);
        return latency ? [[phase, latency]] : [];
      }),
    ),
  };
}

/** Each write once, whatever is wrong with it. */
function countUnsafe(anomalies: readonly Anomaly[]): number {
  const writes = new Map<number, number>();
  for (const { kind, expected, atLeast = 1 } of anomalies)
    if (expected && isAcknowledged(expected) && unsafeKinds.has(kind))
      writes.set(expected.index, Math.max(writes.get(expected.index) ?? 0, atLeast));
  return writes.values().reduce((sum, count) => sum + count, 0);
}
