export interface MarkdownTable {
  readonly heads: readonly string[];
  readonly aligns: readonly ("left" | "right")[];
  readonly rows: readonly (readonly string[])[];
  /** What it may take; the rows that do not fit are counted in a last one. */
  readonly bytes: number;
}

/** A table in GitHub's Markdown, of cells that are Markdown already. */
export function markdownTable({ heads, aligns, rows, bytes }: MarkdownTable): string {
  const rule = aligns.map((align) => (align === "left" ? ":---" : "---:"));
  const lines = [heads, rule].map(line);
  const rest = (left: number) => line([`… ${String(left)} more`, ...heads.slice(1).map(() => "")]);
  let room = bytes - Buffer.byteLength([...lines, rest(rows.length)].join("\n"));
  for (const [index, row] of rows.entries()) {
    const text = line(row);
    room -= Buffer.byteLength(text) + 1;
    if (room < 0) return [...lines, rest(rows.length - index)].join("\n");
    lines.push(text);
  }
  return lines.join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
