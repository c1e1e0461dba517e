import { codeBlock, inlineText } from "../ci/markdown-text.ts";
import { verdictSentence } from "../ci/outcome-sentence.ts";
import { shorten } from "../ci/plain-text.ts";
import { anomalyTexts } from "./anomaly-texts.ts";
import { columnsOf } from "./columns.ts";
import { firstOfEachKind, kindOf } from "./first-of-each-kind.ts";
import { markdownTable } from "./markdown-table.ts";
import { notesOf } from "./notes.ts";
import type { Summary, SummaryRow } from "./summary.ts";
import { describeEvidence } from "./total-evidence.ts";

export interface MarkdownOptions {
  /** The command that runs an experiment again. */
  replay?(row: SummaryRow): string;
  /** What has changed since a former drill, as lines of text. */
  readonly changes?: readonly string[];
  /** Where journals and histories are. */
  readonly reports?: string;
}

/** GitHub shows a step's summary up to 1 MiB; nobody reads that. */
const maxBytes = 30_000;
/** What table, changes and notes may take of it, so that there is room for what went wrong. */
const tableBytes = 9_000;
const changesBytes = 3_000;
const notesBytes = 4_000;
const kindCharacters = 5_000;
const problemCharacters = 1_000;
const noteCharacters = 600;
const nameCharacters = 80;
const replays = 3;
/** No more of them fit, even if each takes only a line. */
const tellingRows = 200;

/**
 * The summary in GitHub's Markdown, as for `$GITHUB_STEP_SUMMARY`: at most 30 KB, however much was lost.
 * Names, keys, values and answers of the application stay text.
 */
export function formatMarkdown(summary: Summary, options: MarkdownOptions = {}): string {
  const { changes = [], reports } = options;
  const rows = gravestFirst(summary.experiments);
  const sections = [
    `## ${signOf(summary)} Outage drill: ${heldOf(summary)}`,
    `**${inlineText(verdictSentence(summary))}**`,
    tableOf({ ...summary, experiments: rows }),
    ...notRunLine(summary),
    ...(changes.length > 0 ? ["Since the former drill:"] : []),
    ...fitting(
      changes.map((text) => `- ${inlineText(text)}`),
      changesBytes,
      "\n",
      "changes",
    ),
    ...(summary.evidence ? [inlineText(describeEvidence(summary.evidence))] : []),
    ...fitting(
      notesOf(summary).map((note) => `- ${inlineText(shorten(note, noteCharacters))}`),
      notesBytes,
      "\n",
      "notes",
    ),
  ];
  const last = [
    ...replayOf(summary, rows, options),
    `Everything is in ${reports === undefined ? "the reports" : `<code>${inlineText(shorten(reports, 300))}</code>`}: ` +
      "the table as JSON, JUnit, a journal of each experiment and the history of every request.",
  ];
  const used = Buffer.byteLength([...sections, ...last, ""].join("\n\n"));
  const details = rows.slice(0, tellingRows).flatMap(detailsOf);
  const told = fitting(details, maxBytes - used, "\n\n", "failures");
  return `${[...sections, ...told, ...last].join("\n\n")}\n`;
}

/** As many of the texts as there is room for, as one section, and how many are left out. */
function fitting(
  texts: readonly string[],
  bytes: number,
  separator: string,
  what: string,
): string[] {
  const rest = (left: number) =>
    `${separator === "\n" ? "- " : ""}… ${String(left)} more ${what}: see the reports.`;
  // The separators around the section, and the line on the rest.
  let room = bytes - Buffer.byteLength(rest(texts.length)) - 3 * separator.length - 4;
  const shown: string[] = [];
  for (const text of texts) {
    room -= Buffer.byteLength(text) + separator.length;
    if (room < 0) break;
    shown.push(text);
  }
  const left = texts.length - shown.length;
  if (texts.length === 0) return [];
  return [[...shown, ...(left > 0 ? [rest(left)] : [])].join(separator)];
}

function tableOf(summary: Summary): string {
  const columns = columnsOf(summary);
  let span = "";
  const heads = columns.map(({ heads: given }) => {
    const [upper = "", lower = ""] = given.map(inlineText);
    span = upper === "" ? span : upper;
    return span === "" || span === "recovery" || span === "steps"
      ? `${upper} ${lower}`.trim()
      : `${lower}<br>${span}`;
  });
  return markdownTable({
    heads,
    aligns: columns.map(({ align }) => align),
    rows: summary.experiments.map((row) =>
      columns.map(({ cell }) => inlineText(shorten(cell(row), nameCharacters))),
    ),
    bytes: tableBytes,
  });
}

function notRunLine({ notRun = [] }: Summary): string[] {
  if (notRun.length === 0) return [];
  const names = shorten(notRun.join(", "), noteCharacters);
  return [`Not run, because an earlier one did not hold: ${inlineText(names)}.`];
}

function detailsOf(row: SummaryRow): string[] {
  const name = shorten(row.experiment, nameCharacters);
  return [
    ...anomalyTexts({ ...row, experiment: name, anomalies: firstOfEachKind(row.anomalies) }).map(
      (text) => codeBlock(shorten(text, kindCharacters)),
    ),
    ...row.problems
      .filter((text) => !repeatsAnomaly(text, row))
      .map((text) => codeBlock(shorten(`${name}: ${text}`, problemCharacters))),
  ];
}

/** Whether a step only says again what an anomaly says with its requests. */
function repeatsAnomaly(problem: string, { anomalies }: SummaryRow): boolean {
  return anomalies.some((text) => {
    const [sentence = ""] = text.slice(kindOf(text).length + 2).split("\n");
    return sentence !== "" && problem.includes(sentence);
  });
}

/** The commands that repeat what did not hold, or else nothing. */
function replayOf(
  summary: Summary,
  rows: readonly SummaryRow[],
  { replay }: MarkdownOptions,
): string[] {
  if (!replay) return [];
  const wrong = rows.filter((row) => isWrong(row));
  if (wrong.length === 0) return [`Seed: <code>${inlineText(shorten(summary.seed, 200))}</code>`];
  const commands = wrong.slice(0, replays).map((row) => shorten(replay(row), 1_000));
  return ["Repeat it, with the same load and the same dice:", codeBlock(commands.join("\n"), "sh")];
}

function isWrong({ outcome }: SummaryRow): boolean {
  return outcome !== "held" && outcome !== "not-applicable";
}

const gravity = ["not-held", "could-not-run", "interrupted", "unknown", "held"];

/** What did not hold comes first, in a table that may be cut. */
function gravestFirst(rows: readonly SummaryRow[]): SummaryRow[] {
  const rank = ({ outcome }: SummaryRow) =>
    gravity.includes(outcome) ? gravity.indexOf(outcome) : gravity.length;
  return rows.some(isWrong) ? [...rows].sort((a, b) => rank(a) - rank(b)) : [...rows];
}

function heldOf({ experiments }: Summary): string {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const held = tried.filter(({ outcome }) => outcome === "held");
  return `${String(held.length)} of ${String(tried.length)} experiments held`;
}

function signOf({ exitCode }: Summary): string {
  return exitCode === 0 ? "✔" : exitCode === 2 ? "?" : "✘";
}
