import type { Evidence } from "../harness/evidence.ts";
import type { Summary, SummaryRow } from "./summary.ts";

/** What the table has no column for: how faults were injected, and what could not be tried. */
export function notesOf({ experiments }: Summary): string[] {
  return [
    ...lines(experiments, ({ injector, failure }) =>
      injector === undefined ? undefined : `injected through ${injector}: ${failure ?? ""}`,
    ),
    ...lines(experiments, ({ notApplicable }) =>
      notApplicable === undefined ? undefined : `not applicable: ${notApplicable}`,
    ),
    ...lines(experiments, ({ evidence }) => evidence && describeEvidence(evidence)),
    ...lines(experiments, ({ clockErrorMs }) =>
      clockErrorMs === undefined
        ? undefined
        : `judged with clocks that are up to ${String(clockErrorMs)} ms off`,
    ),
  ];
}

function describeEvidence({ queued, all, smallestLossRate }: Evidence): string {
  if (smallestLossRate === undefined) return `${String(all)} writes were able to show their loss`;
  const percent = (smallestLossRate * 100).toPrecision(2);
  return (
    `${String(all)} writes were able to show their loss, ${String(queued)} of them through the ` +
    `queue: finds a loss of ${percent} % of these with 99 %`
  );
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
