import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { explainParseError } from "./explain-parse-error.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The values of a command's options, as Node's `parseArgs` reads them.
 *
 * @param help what lists the options, such as `npm run cloud -- --help`
 * @throws UsageError with one sentence on the argument that is wrong
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  help: string,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(explainParseError(error, Object.keys(options), help), { cause: error });
  }
}
