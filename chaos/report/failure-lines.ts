import { commandOf } from "../../command-line/command-of.ts";
import { shellWord } from "../../command-line/shell-word.ts";
import { cut } from "../terminal/cut.ts";
import { printable } from "../terminal/printable.ts";
import type { AnomalyKind } from "../harness/anomaly.ts";
import { firstOfEachKind, kindOf } from "./first-of-each-kind.ts";
import type { Summary, SummaryRow } from "./summary.ts";
import { wrap } from "./wrap.ts";

/** So many anomalies or steps of an experiment show what is wrong on one screen. */
const shownOfOne = 3;
const shownOfSeveral = 1;
/** Of so many experiments; the last lines name the others. */
const shownExperiments = 5;
/** Characters of an anomaly or a step, which may hold anything. */
const shownCharacters = 200;

export interface FailureOptions {
  /** Folder of the reports, as it is given to a command. */
  readonly reports: string;
  /** Columns that there is room for. Default: 80. */
  readonly width?: number;
}

/** What went wrong, on one screen: the first of it, how much there is, and the command that shows the rest. */
export function failureLines(
  { experiments }: Pick<Summary, "experiments">,
  { reports, width = 80 }: FailureOptions,
): string[] {
  const failed = experiments.filter(
    ({ outcome }) => outcome !== "held" && outcome !== "not-applicable",
  );
  if (failed.length === 0) return [];
  const most = failed.length === 1 ? shownOfOne : shownOfSeveral;
  const told = failed
    // Of a single step that did not pass, the last lines say all.
    .filter((row) => anomaliesOf(row) > 0 || row.problems.length > 1)
    .slice(0, shownExperiments)
    .map((row) => linesOf(row, most, width));
  const only = failed.length === 1 ? ` --only ${nameOf(failed[0])}` : "";
  const isCut = failed.length > shownExperiments || told.some(({ left }) => left > 0);
  const show = commandOf("run", `--show ${shellWord(reports)}${only}`);
  return [
    ...told.flatMap(({ lines }) => [...lines, ""]),
    ...(isCut ? wrap(`All of it: ${show}`, width) : []),
  ];
}

/** How many there are; the row itself has the first of each kind. */
function anomaliesOf({ counts, anomalies }: SummaryRow): number {
  const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  return Math.max(all, anomalies.length);
}

function linesOf(row: SummaryRow, most: number, width: number) {
  const { experiment, anomalies, counts, problems } = row;
  const first = firstOfEachKind(anomalies);
  // One of each kind comes before a second of the first.
  const kinds = [...Map.groupBy(first, kindOf).values()];
  const shown = Array.from({ length: most }, (_, at) => kinds.flatMap((group) => group[at] ?? []))
    .flat()
    .slice(0, most);
  const total = anomaliesOf(row);
  const steps = shown.length > 0 ? [] : problems.slice(0, most);
  const left = total > 0 ? total - shown.length : problems.length - steps.length;
  const grouped = Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${String(count)} × ${kind as AnomalyKind}`)
    .join(", ");
  const what =
    total > 0
      ? `${grouped || `${String(total)} anomalies`}${left > 0 ? `; the first ${String(shown.length)}` : ""}`
      : `${String(problems.length)} steps did not pass${left > 0 ? `; the first ${String(steps.length)}` : ""}`;
  return {
    left,
    lines: [
      ...wrap(`${experiment}: ${what}:`, width),
      ...[...shown, ...steps].flatMap((text) => itemLines(text, width)),
    ],
  };
}

/** The sentence that an anomaly, or a step that did not pass, begins with. */
function itemLines(text: string, width: number): string[] {
  const [sentence = ""] = printable(text).split("\n");
  return wrap(`  ${cut(sentence.replace(/:$/, ""), shownCharacters)}`, width);
}

/** Of a row of a repeated experiment: without the number of its run. */
function nameOf(row: SummaryRow | undefined): string {
  return row?.experiment ?? "";
}
