import { nearest } from "./nearest.ts";

/**
 * What is wrong with a command line, from the error of Node's `parseArgs`.
 *
 * @param options names of the options that exist, without dashes
 * @param help what lists the options, such as `npm run cloud -- --help`
 * @returns one sentence, such as `Unknown option '--prot'; did you mean --port?`
 */
export function explainParseError(
  error: unknown,
  options: readonly string[],
  help: string,
): string {
  // Node's sentences name the option and end in advice about "--" that does not apply here.
  const message = error instanceof Error ? error.message : String(error);
  const [sentence = ""] = message.split(/\. |\.?\n/);
  const unknown = /^Unknown option '--?([^']+)'/.exec(sentence)?.[1];
  const meant = unknown === undefined ? undefined : nearest(unknown, options);
  return meant === undefined
    ? `${sentence}; ${help} lists the options.`
    : `${sentence}; did you mean --${meant}?`;
}
