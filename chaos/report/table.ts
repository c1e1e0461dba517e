import type { LatencySummary } from "../harness/latency-summary.ts";
import type { Summary, SummaryRow } from "./summary.ts";

const columns: readonly {
  readonly heads: readonly [string, string];
  readonly align: "left" | "right";
  cell(row: SummaryRow): string;
}[] = [
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

/** The summary as a text table, at most 120 columns wide; what is not known is a dash. */
export function formatTable({ experiments }: Summary): string {
  const rows = [
    columns.map(({ heads }) => heads[0]),
    columns.map(({ heads }) => heads[1]),
    ...experiments.map((row) => columns.map((column) => column.cell(row))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === "left" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
  return [
    ...lines.slice(0, 2),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...lines.slice(2),
  ].join("\n");
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
