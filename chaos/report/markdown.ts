import { columns } from "./columns.ts";
import { notesOf } from "./notes.ts";
import type { Summary } from "./summary.ts";

/** The summary in GitHub's Markdown, as for `$GITHUB_STEP_SUMMARY`. */
export function formatMarkdown(summary: Summary): string {
  let span = "";
  const heads = columns.map(({ heads: [upper, lower] }) => {
    span = upper === "" ? span : upper;
    return span === "" || span === "recovery" ? `${upper} ${lower}`.trim() : `${lower}<br>${span}`;
  });
  const problems = summary.experiments.flatMap(({ experiment, problems, anomalies }) =>
    [...problems, ...anomalies].map((text) => `${experiment}: ${text}`),
  );
  return [
    `## Outage drill: ${verdictOf(summary)}`,
    "",
    row(heads),
    row(columns.map(({ align }) => (align === "left" ? ":---" : "---:"))),
    ...summary.experiments.map((each) => row(columns.map(({ cell }) => escape(cell(each))))),
    "",
    ...notesOf(summary).map((note) => `- ${escape(note)}`),
    ...problems.flatMap((text) => ["", "```text", text.replaceAll("```", "'''"), "```"]),
    "",
  ].join("\n");
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
