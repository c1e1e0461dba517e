const defaultColumns = 80;

/**
 * A line of prose in lines of at most so many characters; further ones are indented by two more than the
 * first. A word that is longer than a line is split.
 */
export function wrap(text: string, columns = defaultColumns): string[] {
  const indent = /^ */.exec(text)?.[0] ?? "";
  const hanging = `${indent}  `;
  const lines: string[] = [];
  let line = indent;
  let isEmpty = true;
  const next = () => {
    lines.push(line);
    line = hanging;
    isEmpty = true;
  };
  for (let word of text.trim().split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > columns) next();
    while (isEmpty && line.length + word.length > columns) {
      const room = Math.max(columns - line.length, 1);
      line += word.slice(0, room);
      word = word.slice(room);
      next();
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
