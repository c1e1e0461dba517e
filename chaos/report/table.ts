import { columnsOf } from "./columns.ts";
import type { Column } from "./columns.ts";
import type { Summary } from "./summary.ts";

const maxWidth = 120;

/**
 * The summary as a text table; what is not known is a dash. Where anomalies make it wider than 120
 * columns, latencies make room for them.
 */
export function formatTable(summary: Summary): string {
  const columns = [...columnsOf(summary)];
  let lines = format(columns, summary);
  while ((lines[2]?.length ?? 0) > maxWidth) {
    const at = columns.findLastIndex(({ dispensable }) => dispensable);
    if (at < 0) break;
    columns.splice(at, 1);
    lines = format(columns, summary);
  }
  return lines.join("\n");
}

function format(columns: readonly Column[], { experiments }: Summary): string[] {
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
  ];
}
