import type { Outcome } from "../harness/journal.ts";
import type { Summary, SummaryRow } from "../report/summary.ts";
import type { Source } from "./experiment-source.ts";
import { outcomeSentence, words } from "./outcome-sentence.ts";
import { firstLines, plainText } from "./plain-text.ts";
import { workflowCommand } from "./workflow-command.ts";

/** GitHub shows so many annotations of a step ("Workflow commands", limits of annotations). */
const mostAnnotations = 10;
const shownLines = 4;
const shownCharacters = 300;

export interface AnnotationOptions {
  /** Where an experiment stands in the repository. */
  source(row: SummaryRow): Source | undefined;
  /** What repeats an experiment. */
  replay(row: SummaryRow): string;
}

/**
 * A workflow command of GitHub Actions for each experiment that did not hold, the gravest first; at most
 * ten, the last of which counts the others. What could not be decided is a warning, the rest errors.
 */
export function annotations(
  { experiments }: Pick<Summary, "experiments">,
  { source, replay }: AnnotationOptions,
): string[] {
  const wrong = experiments
    .filter(({ outcome }) => rank(outcome) >= 0)
    .sort((a, b) => rank(a.outcome) - rank(b.outcome));
  const left = wrong.length - mostAnnotations;
  const shown = left > 0 ? wrong.slice(0, mostAnnotations - 1) : wrong;
  const lines = shown.map((row) =>
    workflowCommand({
      command: row.outcome === "unknown" ? "warning" : "error",
      ...source(row),
      title: plainText(`${row.experiment}: ${words(row.outcome)}`),
      message: [
        outcomeSentence(row),
        ...row.anomalies
          .slice(0, 1)
          .map((text) => firstLines(plainText(text), shownLines, shownCharacters)),
        `Repeat it: ${plainText(replay(row))}`,
      ].join("\n"),
    }),
  );
  if (left <= 0) return lines;
  const more = `${String(left + 1)} more experiments did not hold; the summary lists them.`;
  return [...lines, workflowCommand({ command: "error", title: "Outage drill", message: more })];
}

const gravity: readonly Outcome[] = ["not-held", "could-not-run", "interrupted", "unknown"];

function rank(outcome: Outcome): number {
  return gravity.indexOf(outcome);
}
