import { nearest } from "./nearest.ts";

/**
 * What is wrong with a command line, from the error of Node's `parseArgs`.
 *
 * @param options names of the options that exist, without dashes
 * @param help what lists the options, such as `npm run cloud -- --help`
 * @param suggest what is to be given instead of a word that is no option, such as `--only outage`
 * @returns one sentence, such as `Unknown option '--prot'; did you mean --port?`
 */
export function explainParseError(
  error: unknown,
  options: readonly string[],
  help: string,
  suggest: (word: string) => string | undefined = () => undefined,
): string {
  // Node's sentences name the option and end in advice about "--" that does not apply here.
  const message = error instanceof Error ? error.message : String(error);
  const [sentence = ""] = message.split(/\. |\.?\n/);
  const unknown = /^Unknown option '--?([^']+)'/.exec(sentence)?.[1];
  const word = /^Unexpected argument '([^']*)'/.exec(sentence)?.[1];
  const option = unknown === undefined ? undefined : nearest(unknown, options);
  const meant = word === undefined ? option && `--${option}` : suggest(word);
  return meant === undefined
    ? `${sentence}; ${help} lists the options.`
    : `${sentence}; did you mean ${meant}?`;
}
