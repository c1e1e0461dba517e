import { wrap } from "./wrap.ts";
import type { Summary, SummaryRow } from "./summary.ts";

/** The result in the last lines of the output: each experiment that did not hold, and the total. */
export function closingLines({ experiments }: Summary): string[] {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const others = tried.filter(({ outcome }) => outcome !== "held");
  const held = `${String(tried.length - others.length)} of ${String(tried.length)} held`;
  const acknowledged = `${String(sum(tried.map((row) => row.acknowledged)))} acknowledged writes`;
  if (tried.length === 0) return ["✘ Nothing could be tried."];
  if (others.length === 0) return [`✔ ${held}: ${acknowledged}, all safe.`];
  const lines = others.flatMap((row) => wrap(`${signOf(row)} ${row.experiment}: ${sayOf(row)}`));
  if (tried.length === 1) return lines;
  const unsafe = sum(others.map((row) => row.unsafe));
  const known = unsafe > 0 ? `, ${String(unsafe)} of them not safe` : "";
  return [...lines, `✘ ${held}: ${acknowledged}${known}.`];
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

function signOf({ outcome }: SummaryRow): string {
  return outcome === "unknown" || outcome === "interrupted" ? "?" : "✘";
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
