import { quietWarnings } from "../../command-line/quiet-warnings.ts";
import { findProgram } from "../../local/deploy/find-program.ts";
import { recordRun } from "../../policy/evaluate/record-program.ts";
import { type Application, readApplication } from "./application.ts";

/** What a program is called whose stacks have no file. */
const DEFAULT_STACK = "dev";

/**
 * Runs a Pulumi program in its own folder, where it may read files, and reads its resources.
 *
 * @throws Error, one sentence: there is no such program, or the program's own error
 */
export async function readProgram(folder: string, stack?: string): Promise<Application> {
  const program = findProgram(folder);
  if (program.entry === undefined)
    throw new Error(
      program.runtime === "nodejs"
        ? `${program.project} has no entry module: write index.ts in ${program.folder}, or name it as main in Pulumi.yaml.`
        : `${program.project} is of the runtime ${program.runtime}, and only Node.js programs can be read: write drill/workload.ts by hand.`,
    );
  process.chdir(program.folder);
  quietWarnings();
  const { resources, outputs } = await recordRun({
    programUrl: program.entry,
    folder: program.folder,
    stack: stack ?? program.stacks[0] ?? DEFAULT_STACK,
    preview: false,
  });
  return readApplication(program.project, resources, outputs);
}
