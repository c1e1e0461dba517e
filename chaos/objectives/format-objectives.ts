import type { JudgedObjective, ObjectiveStatus } from "./objective.ts";
import { formatQuantity } from "./units.ts";

const signs: Readonly<Record<ObjectiveStatus, string>> = {
  held: "✔",
  "not-held": "✘",
  unknown: "?",
};

/** The value with a sign for whether it keeps its limit, such as `✘ 12.3 s`. */
export function formatValue({ value, unit, status }: JudgedObjective): string {
  return `${signs[status]} ${value === undefined ? "–" : formatQuantity(value, unit)}`;
}

/** What was demanded beyond what every drill demands. */
export function demanded(objectives: readonly JudgedObjective[] = []): JudgedObjective[] {
  return objectives.filter(({ isBuiltIn = false }) => !isBuiltIn);
}

/** A line for each objective that was demanded, such as `outage: objective recovery<10s: ✔ 4.1 s`. */
export function objectiveNotes(
  experiments: readonly {
    readonly experiment: string;
    readonly objectives?: readonly JudgedObjective[];
  }[],
): string[] {
  return experiments.flatMap(({ experiment, objectives }) =>
    demanded(objectives).map((each) => {
      const why = each.reason === undefined ? "" : `. ${each.reason}`;
      return `${experiment}: objective ${each.text}: ${formatValue(each)}${why}`;
    }),
  );
}
