import { statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run policy -- [options]

Checks the Pulumi program against the policy pack, without the Pulumi CLI and without a cloud, as
before an update (outputs are unknown) and as after it.

  --stack NAME       a stack to check, such as local; may be repeated (default: local and aws)
  --program FOLDER   the program's folder, with Pulumi.yaml (default: this project)
  --policy-pack-config FILE
                     settings of the rules, in JSON, as pulumi preview takes them
  --json             print the result as JSON
  --help             print this

Exit code: 0 no violation, 1 violations, 3 it could not run.`;

export interface CliOptions {
  readonly stacks: readonly string[];
  /** The entry module. */
  readonly programUrl: URL;
  /** Path of a JSON file. */
  readonly packConfigFile: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws Error, one sentence on the argument that is wrong. */
export function readCliOptions(args: readonly string[], projectUrl: URL): CliOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string", multiple: true },
      program: { type: "string" },
      "policy-pack-config": { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const folder =
    values.program === undefined
      ? projectUrl
      : pathToFileURL(path.resolve(values.program) + path.sep);
  const stacks = values.stack ?? ["local", "aws"];
  const packConfigFile = values["policy-pack-config"];
  if (packConfigFile !== undefined && !statSync(packConfigFile, { throwIfNoEntry: false }))
    throw new Error(`There is no ${packConfigFile}: give --policy-pack-config a JSON file.`);
  for (const file of ["Pulumi.yaml", "index.ts", ...stacks.map((name) => `Pulumi.${name}.yaml`)])
    if (!statSync(new URL(file, folder), { throwIfNoEntry: false }))
      throw new Error(
        `There is no ${file} in ${folder.pathname}: give --program a folder, and --stack a name, that have one.`,
      );
  return {
    stacks,
    programUrl: new URL("index.ts", folder),
    packConfigFile,
    json: values.json ?? false,
    help: values.help ?? false,
  };
}
