/** `outage-drill doctor`: see HELP. */
import { parseOptions } from "../../command-line/parse-options.ts";
import { checkNode } from "./check-node.ts";
import { checkPort } from "./check-port.ts";
import { checkProgram } from "./check-program.ts";
import { checkTool, tools } from "./check-tool.ts";
import { nextCommand } from "../next-command.ts";
import { checkWorkload, findWorkload } from "./check-workload.ts";
import { type Check, formatChecks } from "./check.ts";

const COMMAND = "npx outage-drill doctor";

const HELP = `${COMMAND} [options]

Checks what a drill needs on this machine and in this folder: a line each, with what to do. It changes
nothing. It loads the workload, which runs its top level.

  --program DIR    folder of the Pulumi program (default: this folder)
  --workload FILE  the workload (default: drill/workload.ts in the program's folder)
  --port N         the port that the embedded cloud is to have (default: 4566)
  --help           print this

Marks: ✔ ready, ✘ to be done, – missing and needed by some options only.
Exit code: 0 ready, 1 something is to be done, 3 wrong options.
`;

const OPTIONS = {
  program: { type: "string" },
  workload: { type: "string" },
  port: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

interface DoctorOptions {
  readonly program: string;
  readonly workload: string | undefined;
  readonly port: number;
  readonly help: boolean;
}

/** @throws Error, one sentence on the option that is wrong */
function readOptions(args: readonly string[]): DoctorOptions {
  const values = parseOptions(args, OPTIONS, `${COMMAND} --help`);
  const port = Number(values.port ?? "4566");
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port ${String(values.port)} is not a port: give a number from 1 to 65535.`);
  return {
    program: values.program ?? ".",
    workload: values.workload,
    port,
    help: values.help ?? false,
  };
}

async function findOut({ program, workload, port }: DoctorOptions): Promise<readonly Check[]> {
  const asked = Promise.all([
    checkPort(port),
    ...tools.map(checkTool),
    checkWorkload(program, workload),
  ]);
  return [checkNode(process.versions.node), checkProgram(program), ...(await asked)];
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else {
    const checks = await findOut(options);
    const exitCode = checks.some(({ state }) => state === "missing") ? 1 : 0;
    // Whatever the workload's top level has started ends with this process.
    const { program } = options;
    const workload = findWorkload(program, options.workload);
    const next = nextCommand("run", { program, workload });
    process.stdout.write(formatChecks(checks, next), () => process.exit(exitCode));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
