import { anomalyTexts } from "./anomaly-texts.ts";
import { columnsOf } from "./columns.ts";
import { notesOf } from "./notes.ts";
import type { Summary } from "./summary.ts";

/** GitHub shows a step's summary up to 1 MiB; nobody reads that. */
const maxBytes = 30_000;
const problemCharacters = 2_000;

/** The summary in GitHub's Markdown, as for `$GITHUB_STEP_SUMMARY`: at most 30 KB. */
export function formatMarkdown(summary: Summary): string {
  let span = "";
  const columns = columnsOf(summary);
  const heads = columns.map(({ heads: [upper, lower] }) => {
    span = upper === "" ? span : upper;
    return span === "" || span === "recovery" || span === "steps"
      ? `${upper} ${lower}`.trim()
      : `${lower}<br>${span}`;
  });
  const details = summary.experiments.flatMap((each) => [
    ...each.problems.map((text) => `${each.experiment}: ${text.slice(0, problemCharacters)}`),
    ...anomalyTexts(each),
  ]);
  const head = [
    `## Outage drill: ${verdictOf(summary)}`,
    "",
    row(heads),
    row(columns.map(({ align }) => (align === "left" ? ":---" : "---:"))),
    ...summary.experiments.map((each) => row(columns.map(({ cell }) => escape(cell(each))))),
    "",
    ...notesOf(summary).map((note) => `- ${escape(note)}`),
  ];
  return `${[...head, ...fitting(details.map(block), head.join("\n"))].join("\n")}\n`;
}

/** As many of the blocks as there is room for. */
function fitting(blocks: readonly string[], head: string): string[] {
  const shown: string[] = [];
  const rest = "\nMore is in the journals and in chaos.json.";
  let left = maxBytes - Buffer.byteLength(head) - Buffer.byteLength(rest) - 2;
  for (const text of blocks) {
    left -= Buffer.byteLength(text) + 1;
    if (left < 0) return [...shown, rest];
    shown.push(text);
  }
  return shown;
}

function block(text: string): string {
  return `\n\`\`\`text\n${text.replaceAll("```", "'''")}\n\`\`\``;
}

function verdictOf({ experiments }: Summary): string {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const held = tried.filter(({ outcome }) => outcome === "held");
  return `${String(held.length)} of ${String(tried.length)} experiments held`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function escape(text: string): string {
  return text.replace(/[\\|<>*_`]/g, "\\$&").replaceAll("\n", " ");
}
