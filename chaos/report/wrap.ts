const columns = 80;

/** A line of prose in lines of at most 80 characters; further ones are indented. */
export function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = ` ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each, index) => (index > 0 ? ` ${each}` : each));
}
