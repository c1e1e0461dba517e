import path from "node:path";
import { parseOptions } from "../../command-line/parse-options.ts";

const COMMAND = "npx outage-drill init";

export const HELP = `${COMMAND} [options]

Runs a Pulumi program without the Pulumi CLI and without a cloud, and drafts from its resources what a
drill has to know of it. What the resources do not tell is marked in the draft.

  --program DIR  folder of the Pulumi program (default: this folder)
  --stack NAME   whose configuration the program gets (default: the first with a Pulumi.NAME.yaml)
  --out FILE     the file to write (default: drill/workload.ts in the program's folder); - prints it
  --help         print this

Exit code: 0 written, 3 it could not. A file that exists is never overwritten.
`;

export interface InitOptions {
  readonly program: string;
  readonly stack: string | undefined;
  /** `undefined` to print it. */
  readonly out: string | undefined;
  readonly help: boolean;
}

const OPTIONS = {
  program: { type: "string" },
  stack: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** @throws Error, one sentence on the option that is wrong */
export function readOptions(args: readonly string[]): InitOptions {
  const {
    program = ".",
    stack,
    out,
    help = false,
  } = parseOptions(args, OPTIONS, `${COMMAND} --help`);
  return {
    program,
    stack,
    out: out === "-" ? undefined : (out ?? path.join(program, "drill/workload.ts")),
    help,
  };
}
