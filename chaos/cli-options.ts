import { parseArgs } from "node:util";

export interface CliOptions {
  readonly only: readonly string[];
  readonly json: boolean;
  /** Directory for journals, histories and the result. */
  readonly reports?: string;
  readonly help: boolean;
}

/** Wrong usage; the message is the sentence to print. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * @param names of the experiments that there are
 * @throws UsageError
 */
export function parseCliOptions(args: readonly string[], names: readonly string[]): CliOptions {
  const options = parse(args);
  const unknown = options.only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`There is no experiment "${unknown}"; choose one of ${names.join(", ")}.`);
  return options;
}

function parse(args: readonly string[]): CliOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true, default: [] },
        reports: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    const message = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new UsageError(`${String(message)}; npm run chaos -- --help lists the options.`);
  }
}
