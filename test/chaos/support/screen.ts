/** What a terminal of this width shows in the end, as far as the drill uses it: a line an entry. */
export function screenOf(output: string, columns: number): string[] {
  const lines = [""];
  let row = 0;
  let column = 0;
  const put = (text: string) => {
    for (const character of text) {
      if (column >= columns) {
        row += 1;
        column = 0;
      }
      const line = [...(lines[row] ?? "").padEnd(column)];
      line[column] = character;
      lines[row] = line.join("");
      column += 1;
    }
  };
  const pattern = /\u001b\[(\d*)([A-Za-z])|\r|\n|[^\u001b\r\n]+/g;
  for (const [found, count = "", command] of output.matchAll(pattern)) {
    if (found === "\r") column = 0;
    else if (found === "\n") {
      row += 1;
      column = 0;
      lines[row] ??= "";
    } else if (command === "A") row = Math.max(row - Number(count === "" ? 1 : count), 0);
    else if (command === "J") {
      lines.length = row + 1;
      lines[row] = (lines[row] ?? "").slice(0, column);
    } else if (command === undefined) put(found);
  }
  return lines;
}
