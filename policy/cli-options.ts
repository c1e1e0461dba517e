import { statSync } from "node:fs";
import path from "node:path";
import { commandOf } from "../command-line/command-of.ts";
import { parseOptions } from "../command-line/parse-options.ts";
import { findProgram } from "../local/deploy/find-program.ts";

/** What a program is called whose stacks have no file. */
const DEFAULT_STACK = "dev";

export const USAGE = `Usage: ${commandOf("policy", "[options]")}

Checks the Pulumi program against the policy pack, without the Pulumi CLI and without a cloud, as
before an update (outputs are unknown) and as after it.

  --stack NAME       a stack to check, such as local; may be repeated (default: each that has a file
                     Pulumi.NAME.yaml)
  --program FOLDER   the program's folder, with Pulumi.yaml (default: this folder)
  --policy-pack-config FILE
                     settings of the rules, in JSON, as pulumi preview takes them
  --json             print the result as JSON
  --help             print this

Exit code: 0 no violation, 1 violations, 3 it could not run.`;

export interface CliOptions {
  readonly stacks: readonly string[];
  /** The program's folder. */
  readonly folder: string;
  /** The entry module. */
  readonly programUrl: URL;
  /** Absolute path of a JSON file. */
  readonly packConfigFile: string | undefined;
  readonly json: boolean;
}

/**
 * @returns the options, or `undefined` where the help is asked for.
 * @throws Error, one sentence on the argument that is wrong.
 */
export function readCliOptions(args: readonly string[]): CliOptions | undefined {
  const values = parseOptions(args, OPTIONS, commandOf("policy", "--help"));
  if (values.help === true) return undefined;
  const { folder, entry, project, runtime, stacks } = findProgram(values.program ?? ".");
  if (entry === undefined)
    throw new Error(
      `${project} in ${folder} has no entry module that Node.js runs (runtime: ${runtime}).`,
    );
  const packConfigFile = values["policy-pack-config"];
  if (packConfigFile !== undefined && !statSync(packConfigFile, { throwIfNoEntry: false }))
    throw new Error(`There is no ${packConfigFile}: give --policy-pack-config a JSON file.`);
  const unknown = values.stack?.find((name) => stacks.length > 0 && !stacks.includes(name));
  if (unknown !== undefined)
    throw new Error(
      `There is no Pulumi.${unknown}.yaml in ${folder}: give --stack one of ${stacks.join(", ")}.`,
    );
  return {
    stacks: values.stack ?? (stacks.length > 0 ? stacks : [DEFAULT_STACK]),
    folder,
    programUrl: entry,
    packConfigFile: packConfigFile === undefined ? undefined : path.resolve(packConfigFile),
    json: values.json ?? false,
  };
}

const OPTIONS = {
  stack: { type: "string", multiple: true },
  program: { type: "string" },
  "policy-pack-config": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
