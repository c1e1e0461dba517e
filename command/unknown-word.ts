import { nearest } from "../command-line/nearest.ts";
import { commands } from "./commands.ts";

const options = ["--version", "--help"];

/** One sentence on a first word that is neither a command nor an option. */
export function unknownWord(word: string): string {
  const isOption = word.startsWith("-");
  const known = isOption ? options : [...Object.keys(commands), "help"];
  const meant = nearest(word, known);
  if (meant !== undefined)
    return `outage-drill has no ${isOption ? "option" : "command"} ${word}; did you mean ${meant}?`;
  if (isOption)
    return `outage-drill has no option ${word}; give a command first, such as outage-drill run ${word}.`;
  return `outage-drill has no command ${word}; choose one of ${Object.keys(commands).join(", ")}.`;
}
