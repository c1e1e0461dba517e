import { invalidPattern } from "./invalid-pattern.ts";

/**
 * A matcher of whole texts, in which `*` stands for any characters, `\*` for a star and `\\` for a
 * backslash. Each part between two stars is looked for once.
 * Throws InvalidEventPatternException.
 * Source: EventBridge User Guide, "Matching using wildcards".
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const parts = [""];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? "";
    if (character === "*") {
      if (pattern[at + 1] === "*")
        throw invalidPattern("Consecutive wildcard characters are not allowed.");
      parts.push("");
      continue;
    }
    if (character === "\\") {
      const escaped = pattern[++at];
      if (escaped !== "*" && escaped !== "\\")
        throw invalidPattern("A backslash must stand before a star or a backslash.");
      parts[parts.length - 1] += escaped;
    } else parts[parts.length - 1] += character;
  }
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return at <= end;
  };
}
