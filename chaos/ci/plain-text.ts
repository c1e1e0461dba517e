import { stripVTControlCharacters } from "node:util";

// Control characters but for the newline, and those that change the direction of the text around them.
const unprintable =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A text of the application's as it can be printed: without what steers a terminal or turns a line around. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).toWellFormed().replace(unprintable, "�");
}

/** The beginning of a text; what is longer ends in an ellipsis. */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text
    .slice(0, characters - 1)
    .toWellFormed()
    .replace(/�$/, "")}…`;
}

/** The first lines of a text, each of them shortened, and how many lines are left out. */
export function firstLines(text: string, lines: number, characters: number): string {
  const all = text.split("\n");
  const left = all.length - lines;
  return [
    ...all.slice(0, lines).map((line) => shorten(line, characters)),
    ...(left > 0 ? [`… ${String(left)} more ${left === 1 ? "line" : "lines"}`] : []),
  ].join("\n");
}
