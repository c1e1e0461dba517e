import { invalidParameter } from "./logs-input.ts";

/**
 * A matcher of log messages by a filter pattern of terms: `ERROR` and `"exact phrase"` must be in
 * the message, `-term` must not, and of the `?term`s one must. Case counts. Patterns for JSON
 * (`{ … }`), space-delimited events (`[ … ]`) and regular expressions (`%…%`) are refused by name.
 * Source: CloudWatch Logs User Guide, "Filter pattern syntax".
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text.length > 1024) throw refuse(pattern, "it is longer than 1024 characters");
  if (text.startsWith("{")) throw refuse(pattern, "JSON patterns ({ … }) are not emulated");
  if (text.startsWith("["))
    throw refuse(pattern, "patterns for space-delimited events ([ … ]) are not emulated");
  const included: string[] = [];
  const excluded: string[] = [];
  const optional: string[] = [];
  for (const [, sign, phrase, word] of readTerms(pattern)) {
    const term = phrase?.replaceAll('\\"', '"') ?? word ?? "";
    (sign === "-" ? excluded : sign === "?" ? optional : included).push(term);
  }
  const plain = included.length + excluded.length > 0;
  return (message) =>
    included.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    // Beside other terms, AWS ignores the optional ones.
    (plain || optional.length === 0 || optional.some((term) => message.includes(term)));
}

function readTerms(pattern: string): RegExpExecArray[] {
  const terms: RegExpExecArray[] = [];
  const term = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|([\w.:/@#-]+))(?=\s|$)/y;
  let at = 0;
  for (;;) {
    while (/\s/.test(pattern.charAt(at))) at++;
    if (at >= pattern.length) return terms;
    term.lastIndex = at;
    const found = term.exec(pattern);
    if (!found) {
      if (pattern.startsWith("%", at) || pattern.startsWith("-%", at))
        throw refuse(pattern, "regular expressions (%…%) are not emulated");
      throw refuse(pattern, `put the term at '${pattern.slice(at, at + 20)}' into double quotes`);
    }
    terms.push(found);
    at = term.lastIndex;
  }
}

function refuse(pattern: string, reason: string) {
  return invalidParameter(`Invalid filter pattern '${pattern}': ${reason}.`);
}
