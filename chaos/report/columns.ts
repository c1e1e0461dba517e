import type { LatencySummary } from "../harness/latency-summary.ts";
import type { SummaryRow } from "./summary.ts";

export interface Column {
  /** In two lines; the upper one spans the columns up to the next that has one. */
  readonly heads: readonly [string, string];
  readonly align: "left" | "right";
  cell(row: SummaryRow): string;
}

/** What every form of the result shows of an experiment; what is not known is a dash. */
export const columns: readonly Column[] = [
  { heads: ["", "experiment"], align: "left", cell: (row) => row.experiment },
  { heads: ["", "outcome"], align: "left", cell: (row) => row.outcome },
  { heads: ["writes", "acked"], align: "right", cell: (row) => number(row.acknowledged) },
  { heads: ["", "lost"], align: "right", cell: (row) => number(row.lost) },
  { heads: ["", "stale"], align: "right", cell: (row) => number(row.stale) },
  { heads: ["recovery", "time"], align: "right", cell: (row) => seconds(row.recoveryMs) },
  { heads: ["p50/p95/p99 ms", "before"], align: "right", cell: (row) => ms(row.latency?.before) },
  { heads: ["", "during"], align: "right", cell: (row) => ms(row.latency?.during) },
  { heads: ["", "after"], align: "right", cell: (row) => ms(row.latency?.after) },
];

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
