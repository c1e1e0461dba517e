import { paintOutcome, plain, signs } from "../terminal/paint.ts";
import type { Paint } from "../terminal/paint.ts";
import { columnsOf } from "./columns.ts";
import type { Column } from "./columns.ts";
import type { Summary, SummaryRow } from "./summary.ts";
import { wrap } from "./wrap.ts";

const defaultWidth = 80;

export interface TableOptions {
  /** Columns that there is room for. Default: 80. */
  readonly width?: number;
  readonly paint?: Paint;
}

/**
 * The summary as a text table that is no wider than it may be; what is not known is a dash. Latencies make
 * room for anomalies first, by their 99th percentile alone and then wholly. What is too wide all the same
 * becomes a list.
 */
export function formatTable(
  summary: Summary,
  { width = defaultWidth, paint = plain }: TableOptions = {},
): string {
  for (const columns of everNarrower(columnsOf(summary))) {
    const lines = format(columns, summary, paint);
    if (lines.width <= width) return lines.text;
  }
  return summary.experiments.flatMap((row) => asList(row, summary, width, paint)).join("\n");
}

/** The columns, with all of them narrower, and then with fewer and fewer of them. */
function* everNarrower(all: readonly Column[]): Generator<readonly Column[]> {
  yield all;
  let columns = all.map((column) => column.narrower ?? column);
  for (;;) {
    yield columns;
    const highest = Math.max(...columns.map(({ dispensable = 0 }) => dispensable));
    if (highest === 0) return;
    columns = columns.filter(({ dispensable }) => dispensable !== highest);
  }
}

function format(columns: readonly Column[], { experiments }: Summary, paint: Paint) {
  const rows = [
    columns.map(({ heads, group }, at) =>
      group !== undefined && group !== columns[at - 1]?.group ? group : heads[0],
    ),
    columns.map(({ heads }) => heads[1]),
    ...experiments.map((row) => columns.map((column) => cellOf(column, row))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const lines = rows.map((row, at) => {
    const outcome = experiments[at - 2]?.outcome;
    return row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const isLeft = columns[index]?.align === "left";
        const text = isLeft ? cell.padEnd(width) : cell.padStart(width);
        return outcome !== undefined && isOutcome(columns[index])
          ? paintOutcome(paint, outcome, text)
          : text;
      })
      .join("  ")
      .trimEnd();
  });
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return {
    text: [...lines.slice(0, 2), rule, ...lines.slice(2)].join("\n"),
    width: rule.length,
  };
}

function cellOf(column: Column, row: SummaryRow): string {
  const text = column.cell(row);
  return isOutcome(column) ? `${signs[row.outcome]} ${text}` : text;
}

function isOutcome(column: Column | undefined): boolean {
  return column?.heads[1] === "outcome";
}

/** An experiment in a few lines. */
function asList(row: SummaryRow, summary: Summary, width: number, paint: Paint): string[] {
  let group = "";
  const numbers = columnsOf(summary).flatMap((column) => {
    const { heads, cell } = column.narrower ?? column;
    group = heads[0] === "" ? group : heads[0];
    return column.align === "left" ? [] : [`${heads[1]} ${group}: ${cell(row)}`];
  });
  return [
    ...wrap(`${signs[row.outcome]} ${row.experiment}: ${row.outcome}`, width).map((line) =>
      paintOutcome(paint, row.outcome, line),
    ),
    ...wrap(`  ${numbers.join(", ")}`, width),
  ];
}
