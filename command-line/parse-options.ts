import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { explainParseError } from "./explain-parse-error.ts";
import { npmOptions } from "./npm-options.js";
import { UsageError } from "./usage-error.ts";

/**
 * The values of a command's options, as Node's `parseArgs` reads them.
 *
 * @param help what lists the options, such as `npm run cloud -- --help`
 * @param suggest what is to be given instead of a word that is no option, such as `--only outage`
 * @throws UsageError with one sentence on the argument that is wrong
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  help: string,
  suggest?: (word: string) => string | undefined,
) {
  assertNotLeftToNpm(args, Object.keys(options), help);
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(explainParseError(error, Object.keys(options), help, suggest), {
      cause: error,
    });
  }
}

/**
 * An option in front of `--` never reaches the script, which would then do something else.
 *
 * @throws UsageError
 */
function assertNotLeftToNpm(
  args: readonly string[],
  options: readonly string[],
  help: string,
): void {
  const isGiven = (name: string) =>
    args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  const taken = npmOptions(process.env).filter((name) => options.includes(name) && !isGiven(name));
  if (taken.length === 0) return;
  const list = taken.map((name) => `--${name}`).join(" and ");
  const command = help.replace(/ --help$/, "");
  throw new UsageError(
    `npm took ${list} for ${taken.length === 1 ? "one of its options" : "some of its options"}: put -- in front, as in ${command} ${taken.map((name) => `--${name}`).join(" ")}${args.map((arg) => ` ${arg}`).join("")}.`,
  );
}
