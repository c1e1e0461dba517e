import type { AnomalyKind } from "../harness/anomaly.ts";
import { kindOf } from "./first-of-each-kind.ts";
import type { SummaryRow } from "./summary.ts";

const shownLines = 16;
const shownCharacters = 300;

/** The anomalies of an experiment, grouped by kind with their counts, each in a few lines. */
export function anomalyTexts({ experiment, anomalies, counts, journal }: SummaryRow): string[] {
  return [...Map.groupBy(anomalies, kindOf)].map(([kind, group]) => {
    const total = counts?.[kind as AnomalyKind] ?? group.length;
    const some = total > group.length ? `, the first ${String(group.length)} of them` : "";
    return [
      `${experiment}: ${String(total)} × ${kind}${some}:`,
      ...group.map((text) => shorten(text, journal)),
    ].join("\n");
  });
}

/** Long lines and long lists of requests are cut; the journal has them in full. */
function shorten(text: string, journal: string | undefined): string {
  const lines = text.split("\n");
  const shown = lines
    .slice(0, shownLines)
    .map((line) => (line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line));
  const left = lines.length - shown.length;
  const rest = `  … ${String(left)} more requests of this key: ${journal ?? "see the journal"}`;
  return [...shown, ...(left > 0 ? [rest] : [])].join("\n");
}
