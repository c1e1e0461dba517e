import { columns } from "./columns.ts";
import type { Summary } from "./summary.ts";

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
