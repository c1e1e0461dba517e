import { demanded, formatValue } from "../objectives/format-objectives.ts";
import type { AnomalyKind } from "../harness/anomaly.ts";
import type { LatencySummary } from "../harness/latency-summary.ts";
import type { Summary, SummaryRow } from "./summary.ts";

export interface Column {
  /** In two lines; the upper one spans the columns up to the next that has one. */
  readonly heads: readonly [string, string];
  /** The upper head of its group, which goes over the first column of those that are shown. */
  readonly group?: string;
  readonly align: "left" | "right";
  /** Where a table gets too wide, such columns are made narrower, and then the highest is left out first. */
  readonly dispensable?: number;
  /** The same column with less in it. */
  readonly narrower?: Column;
  cell(row: SummaryRow): string;
}

/** What an anomaly is counted in, and its short name below that. */
const anomalyHeads: readonly (readonly [group: string, short: string, kind: AnomalyKind])[] = [
  ["writes", "lost", "lost"],
  ["writes", "stale", "stale"],
  ["writes", "dead-lettered", "dead-lettered"],
  ["writes", "overwritten late", "late-overwrite"],
  ["writes", "torn", "torn"],
  ["writes", "doubled", "duplicated"],
  ["writes", "reordered", "reordered"],
  ["writes", "falsely acked", "false-acknowledgement"],
  ["items", "vanished", "vanished-item"],
  ["items", "phantom", "phantom"],
  ["items", "untouched, changed", "untouched-changed"],
  ["reads", "stale", "stale-read"],
  ["reads", "going back", "non-monotonic-read"],
  ["reads", "from the future", "future-read"],
];

const alwaysShown: ReadonlySet<AnomalyKind> = new Set<AnomalyKind>(["lost", "stale"]);

/**
 * What every form of the result shows of an experiment; what is not known is a dash. A kind of anomaly
 * has a column once it has occurred, and so have steps that did not pass.
 */
export function columnsOf({ experiments }: Summary): readonly Column[] {
  let group = "writes";
  const anomalies = anomalyHeads
    .filter(
      ([, , kind]) =>
        alwaysShown.has(kind) || experiments.some(({ counts }) => (counts?.[kind] ?? 0) > 0),
    )
    .map(([upper, lower, kind]): Column => {
      const head = upper === group ? "" : upper;
      group = upper;
      return { heads: [head, lower], align: "right", cell: (row) => number(countOf(row, kind)) };
    });
  const failed: Column = {
    heads: ["steps", "failed"],
    align: "right",
    dispensable: 2,
    cell: ({ problems }) => number(problems.length),
  };
  return [
    { heads: ["", "experiment"], align: "left", cell: (row) => row.experiment },
    { heads: ["", "outcome"], align: "left", cell: (row) => row.outcome },
    { heads: ["writes", "acked"], align: "right", cell: (row) => number(row.acknowledged) },
    ...anomalies,
    ...(experiments.some(({ problems }) => problems.length > 0) ? [failed] : []),
    {
      heads: ["recovery", "time"],
      align: "right",
      dispensable: 1,
      cell: (row) => seconds(row.recoveryMs),
    },
    ...objectiveColumns(experiments),
    latency("before", 4),
    latency("during", 3),
    latency("after", 5),
  ];
}

/** A column for each objective that was demanded, which the notes below the table have as well. */
function objectiveColumns(experiments: readonly SummaryRow[]): Column[] {
  const all = experiments.flatMap(({ objectives }) => demanded(objectives));
  return [...new Set(all.map(({ text }) => text))].map((text) => ({
    heads: ["objective", text],
    align: "right",
    dispensable: 2,
    cell: ({ objectives }) => {
      const judged = demanded(objectives).find((each) => each.text === text);
      return judged ? formatValue(judged) : "–";
    },
  }));
}

function countOf({ counts, lost, stale }: SummaryRow, kind: AnomalyKind): number | undefined {
  return counts?.[kind] ?? (kind === "lost" ? lost : kind === "stale" ? stale : undefined);
}

function latency(phase: "before" | "during" | "after", dispensable: number): Column {
  const column = (
    upper: string,
    cell: (latency: LatencySummary | undefined) => string,
  ): Column => ({
    heads: [phase === "before" ? upper : "", phase],
    group: upper,
    align: "right",
    dispensable,
    cell: (row) => cell(row.latency?.[phase]),
  });
  return {
    ...column("p50/p95/p99 ms", ms),
    narrower: column("p99 ms", (found) => (found ? shortMs(found.p99Ms) : "–")),
  };
}

function number(value: number | undefined): string {
  return value === undefined ? "–" : String(value);
}

function seconds(valueMs: number | undefined): string {
  return valueMs === undefined ? "–" : `${(valueMs / 1000).toFixed(1)} s`;
}

function ms(latency: LatencySummary | undefined): string {
  if (!latency) return "–";
  return [latency.p50Ms, latency.p95Ms, latency.p99Ms].map(shortMs).join("/");
}

/** At most four characters, so that three of them are no wider than the heading. */
function shortMs(value: number): string {
  return value < 9_999.5 ? value.toFixed(0) : `${(value / 1000).toFixed(0)}s`;
}
