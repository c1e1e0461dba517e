import { countByKind } from "../../../../chaos/harness/anomaly.ts";
import type { AnomalyKind } from "../../../../chaos/harness/anomaly.ts";
import type { Journal, JournalStep, Outcome } from "../../../../chaos/harness/journal.ts";
import type { Summary, SummaryRow } from "../../../../chaos/report/summary.ts";

/** A row of a result; whatever is not given is of an experiment that held. */
export function rowOf(more: Partial<SummaryRow> = {}): SummaryRow {
  return {
    ...{ experiment: "outage", outcome: "held", acknowledged: 649, lost: 0, stale: 0, unsafe: 0 },
    ...{ seed: "7caf64be", problems: [], anomalies: [], journal: "outage.journal.json" },
    ...more,
  };
}

/** A row with so many anomalies of one kind. */
export function unsafeRow(
  kind: AnomalyKind,
  times: number,
  more: Partial<SummaryRow> = {},
): SummaryRow {
  const counts = countByKind(Array.from({ length: times }, () => ({ kind })));
  return rowOf({
    ...{ outcome: "not-held", unsafe: times, counts, lost: counts.lost, stale: counts.stale },
    anomalies: [`${kind}: outage-hot-4 is gone\n  - during 10:04:05.678 write outage-hot-4`],
    ...more,
  });
}

export function summaryOf(...experiments: SummaryRow[]): Summary {
  return { exitCode: 1, seed: "7caf64be", experiments };
}

export function stepOf(more: Partial<JournalStep> = {}): JournalStep {
  return {
    ...{
      phase: "verification",
      name: "every acknowledged write is in the table",
      status: "passed",
    },
    ...{ startedAt: "2026-11-25T10:04:05.678Z", durationMs: 1_250 },
    ...more,
  } as JournalStep;
}

export function journalOf(
  experiment: string,
  outcome: Outcome,
  steps: readonly JournalStep[],
): Journal {
  return {
    ...{
      experiment,
      outcome,
      steps,
      title: "DynamoDB fails every call",
      hypothesis: "all is safe",
    },
    ...{ seed: "7caf64be", keyPrefix: "outage-2e7c52", startedAt: "2026-11-25T10:04:05.678Z" },
    ...{ rollbacks: [] },
  } as unknown as Journal;
}
