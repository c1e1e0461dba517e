export interface ConsoleCommand {
  readonly command: string;
  /** What the document shows below it. */
  readonly output: readonly string[];
}

/** The commands of a console block: lines after `$ `, goes on after a backslash, then its output. */
export function readCommands(text: string): ConsoleCommand[] {
  const commands: { command: string; output: string[] }[] = [];
  let goesOn = false;
  for (const line of text.split("\n")) {
    const last = commands.at(-1);
    if (goesOn && last) last.command += `\n${line}`;
    else if (line.startsWith("$ ")) commands.push({ command: line.slice(2), output: [] });
    else if (last && line.trim() !== "") last.output.push(line);
    else if (!last && line.trim() !== "") throw new Error(`Output before any command: ${line}`);
    goesOn = line.endsWith("\\");
  }
  return commands;
}

/**
 * The first line of the document's output that the real one does not have at its place, or after it;
 * undefined when it has them all. `…` stands for any text.
 */
export function findDifference(shown: readonly string[], real: string): string | undefined {
  const lines = real.split("\n");
  let at = 0;
  for (const line of shown) {
    const pattern = new RegExp(`^${line.trim().split("…").map(escape).join(".*")}$`);
    const found = lines.findIndex((each, index) => index >= at && pattern.test(each.trim()));
    if (found < 0 && line.trim() !== "…") return line;
    if (found >= 0) at = found + 1;
  }
  return undefined;
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
