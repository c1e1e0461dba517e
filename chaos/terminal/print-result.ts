import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { closingLines } from "../report/closing-lines.ts";
import { failureLines } from "../report/failure-lines.ts";
import { notesOf } from "../report/notes.ts";
import type { Summary } from "../report/summary.ts";
import { formatTable } from "../report/table.ts";
import { describeEvidence } from "../report/total-evidence.ts";
import { wrap } from "../report/wrap.ts";
import type { Output } from "./output-of.ts";
import { printable } from "./printable.ts";

export interface ResultOptions {
  /** Absolute path of the folder of the reports. */
  readonly reportsDirectory: string;
  /** What could not be written there. */
  readonly unwritten: readonly string[];
  /** Whether stdout has the result as JSON already. */
  readonly json: boolean;
}

/** Prints the result: notes and table, what went wrong, where the rest is, and the verdict last. */
export function printResult(
  summary: Summary,
  { width, paint, print }: Output,
  { reportsDirectory, unwritten, json }: ResultOptions,
): void {
  const reports = shorter(reportsDirectory);
  const page = join(reportsDirectory, "report.html");
  const failures = failureLines(summary, { reports, width });
  const table = [
    ...notesOf(summary).flatMap((note) => wrap(printable(note), width)),
    "",
    formatTable(summary, { width, paint }),
    "",
    // How small a loss would have been found is no question where one was.
    ...(summary.evidence && failures.length === 0
      ? wrap(describeEvidence(summary.evidence), width)
      : []),
  ];
  const lines = [
    "",
    ...(json ? [] : table),
    ...(failures.length > 0 ? ["", ...failures] : []),
    ...unwritten.flatMap((problem) => wrap(`A report could not be written: ${problem}`, width)),
    ...wrap(`Seed: ${summary.seed}. Reports: ${reports}`, width),
    // A link that is broken into lines is none. The page is written once the result is told.
    `Report: ${pathToFileURL(page).href}`,
    ...closingLines(summary, { width, paint }),
  ];
  print(lines.filter((line, at) => line !== "" || lines[at - 1] !== "").join("\n"));
}

/** From this folder, where that is shorter. */
function shorter(path: string): string {
  const fromHere = relative(process.cwd(), path) || ".";
  return fromHere.length < path.length ? fromHere : path;
}
