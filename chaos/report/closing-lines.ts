import { paintOutcome, plain, signs } from "../terminal/paint.ts";
import type { Paint } from "../terminal/paint.ts";
import { printable } from "../terminal/printable.ts";
import { wrap } from "./wrap.ts";
import type { Summary, SummaryRow } from "./summary.ts";

export interface ClosingOptions {
  /** Columns that there is room for. Default: 80. */
  readonly width?: number;
  readonly paint?: Paint;
}

/** The result in the last lines of the output: each experiment that did not hold, and the total. */
export function closingLines(
  { experiments }: Summary,
  { width = 80, paint = plain }: ClosingOptions = {},
): string[] {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const others = tried.filter(({ outcome }) => outcome !== "held");
  const held = `${String(tried.length - others.length)} of ${String(tried.length)} held`;
  const acknowledged = `${String(sum(tried.map((row) => row.acknowledged)))} acknowledged writes`;
  const total = (outcome: "held" | "not-held", text: string) =>
    wrap(`${signs[outcome]} ${text}`, width).map((line) => paintOutcome(paint, outcome, line));
  if (tried.length === 0) return total("not-held", "Nothing could be tried.");
  if (others.length === 0) return total("held", `${held}: ${acknowledged}, all safe.`);
  const lines = others.flatMap((row) =>
    wrap(printable(`${signs[row.outcome]} ${row.experiment}: ${sayOf(row)}`), width).map((line) =>
      paintOutcome(paint, row.outcome, line),
    ),
  );
  if (tried.length === 1) return lines;
  const unsafe = sum(others.map((row) => row.unsafe));
  const known = unsafe > 0 ? `, ${String(unsafe)} of them not safe` : "";
  return [...lines, ...total("not-held", `${held}: ${acknowledged}${known}.`)];
}

function sayOf({ outcome, unsafe = 0, counts, problems }: SummaryRow): string {
  const found = Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${String(count)} ${kind}`);
  const list = found.join(", ");
  const writes =
    unsafe === 1 ? "1 acknowledged write is" : `${String(unsafe)} acknowledged writes are`;
  if (unsafe > 0) return `${writes} not safe: ${list}.`;
  if (found.length > 0) return `not held: ${list}.`;
  const [first = "see its journal."] = problems;
  const [reason = ""] = first.split("\n");
  return `${outcome.replaceAll("-", " ")}: ${reason.replace(/[:.]$/, "")}.`;
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
