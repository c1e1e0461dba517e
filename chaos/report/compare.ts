import type { Outcome } from "../harness/journal.ts";
import type { Summary, SummaryRow } from "./summary.ts";

/** A number that both runs have measured. */
export interface Change {
  /** Such as `lost`, `recovery` or `during p99`. */
  readonly metric: string;
  readonly unit: "writes" | "ms" | "anomalies";
  readonly now: number;
  readonly before: number;
  /** Milliseconds differ from run to run; a count of anomalies does not do so by chance. */
  readonly isExact: boolean;
}

/** One experiment in two runs. A run that did not have it, or did not measure a number, has none. */
export interface RowChange {
  readonly experiment: string;
  readonly now: Outcome | undefined;
  readonly before: Outcome | undefined;
  readonly changes: readonly Change[];
}

/**
 * What differs between two runs: the experiments of the newer one in their order, then those that only
 * the former one had.
 */
export function compareSummaries(now: Summary, before: Summary): readonly RowChange[] {
  const former = new Map(before.experiments.map((row) => [row.experiment, row]));
  const present = new Set(now.experiments.map(({ experiment }) => experiment));
  return [
    ...now.experiments.map((row) => compareRows(row, former.get(row.experiment))),
    ...before.experiments
      .filter(({ experiment }) => !present.has(experiment))
      .map((row) => compareRows(undefined, row)),
  ];
}

function compareRows(now: SummaryRow | undefined, before: SummaryRow | undefined): RowChange {
  const former = new Map(metricsOf(before).map((each) => [each.metric, each.value]));
  const changes = metricsOf(now).flatMap(({ value, ...metric }): Change[] => {
    const old = former.get(metric.metric);
    return old === undefined ? [] : [{ ...metric, now: value, before: old }];
  });
  const experiment = now?.experiment ?? before?.experiment ?? "";
  return { experiment, now: now?.outcome, before: before?.outcome, changes };
}

type Metric = Omit<Change, "now" | "before"> & { readonly value: number };

function metricsOf(row: SummaryRow | undefined): Metric[] {
  if (!row) return [];
  const counts = { lost: row.lost, stale: row.stale, ...row.counts };
  const metrics: (Omit<Metric, "value"> & { readonly value: unknown })[] = [
    { metric: "acknowledged", unit: "writes", isExact: false, value: row.acknowledged },
    { metric: "unsafe", unit: "writes", isExact: true, value: row.unsafe },
    ...Object.entries(counts).map(
      ([metric, value]) => ({ metric, unit: "anomalies", isExact: true, value }) as const,
    ),
    { metric: "recovery", unit: "ms", isExact: false, value: row.recoveryMs },
    ...(["before", "during", "after"] as const).flatMap((phase) =>
      (["p50", "p95", "p99"] as const).map(
        (name) =>
          ({
            metric: `${phase} ${name}`,
            unit: "ms",
            isExact: false,
            value: row.latency?.[phase]?.[`${name}Ms`],
          }) as const,
      ),
    ),
  ];
  return metrics.filter((each): each is Metric => Number.isFinite(each.value));
}
