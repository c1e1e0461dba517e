import { holds, type Measured } from "./figure.ts";

/** Figures of each checkout side by side, and the ratio of the first to the second. */
export function formatTable(
  columns: readonly { readonly directory: string; readonly figures: readonly Measured[] }[],
): string {
  const [here, baseline] = columns;
  if (!here) return "";
  const rows = here.figures.map((figure) => {
    const before = baseline?.figures.find(({ name }) => name === figure.name);
    return [
      figure.name,
      `${round(figure.value)} ${figure.unit}`,
      ...(baseline ? [before ? `${round(before.value)} ${before.unit}` : "-"] : []),
      ...(baseline ? [before ? `×${(figure.value / before.value).toFixed(2)}` : "-"] : []),
      figure.target ? `${targetOf(figure)} ${holds(figure) ? "✓" : "✗"}` : "",
    ];
  });
  const head = ["figure", "here", ...(baseline ? ["baseline", "ratio"] : []), "target"];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
    .concat("\n");
}

function targetOf({ target, unit }: Measured): string {
  if (!target) return "";
  return "atLeast" in target
    ? `≥ ${String(target.atLeast)} ${unit}`
    : `≤ ${String(target.atMost)} ${unit}`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
