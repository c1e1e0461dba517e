import { objectiveNotes } from "../objectives/format-objectives.ts";
import type { Summary, SummaryRow } from "./summary.ts";

/** What the table has no column for: how faults were injected, and what could not be tried. */
export function notesOf({ experiments, notRun = [] }: Summary): string[] {
  return [
    ...(notRun.length > 0
      ? [`not run, because an earlier experiment did not hold: ${notRun.join(", ")}`]
      : []),
    ...objectiveNotes(experiments),
    ...lines(experiments, ({ injector, failure }) =>
      injector === undefined ? undefined : `injected through ${injector}: ${failure ?? ""}`,
    ),
    ...lines(experiments, ({ notApplicable }) =>
      notApplicable === undefined ? undefined : `not applicable: ${notApplicable}`,
    ),
    ...lines(experiments, ({ clockErrorMs }) =>
      clockErrorMs === undefined
        ? undefined
        : `judged with clocks that are up to ${String(clockErrorMs)} ms off`,
    ),
  ];
}

/** One line for all experiments of which the same is to be said. */
function lines(
  rows: readonly SummaryRow[],
  say: (row: SummaryRow) => string | undefined,
): string[] {
  return [...Map.groupBy(rows, say)].flatMap(([said, group]) =>
    said === undefined ? [] : [`${group.map(({ experiment }) => experiment).join(", ")}: ${said}`],
  );
}
