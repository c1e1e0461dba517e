import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { StackOutputs } from "../../infra/outputs.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { parseOutputs } from "../harness/read-outputs.ts";

const deadlineMs = 120_000;
const longestAnswerBytes = 256 * 1024 * 1024;

/**
 * The outputs of a Pulumi stack of this project, from the Pulumi CLI.
 *
 * @throws CannotRunError
 */
export async function pulumiOutputs(stack: string): Promise<StackOutputs> {
  const args = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
  const stdout = await runPulumi(args, { stack, folder: "." });
  if (/^\s*\{\s*\}\s*$/.test(stdout))
    throw new CannotRunError(
      `Stack ${stack} has no outputs: run pulumi up --stack ${stack} first.`,
    );
  return parseOutputs(stdout, `stack ${stack}`);
}

/**
 * What the Pulumi CLI prints.
 *
 * @throws CannotRunError when it is not there, or fails
 */
export async function runPulumi(
  args: readonly string[],
  { stack, folder }: { readonly stack: string; readonly folder: string },
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", [...args], {
      cwd: folder,
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: deadlineMs,
      maxBuffer: longestAnswerBytes,
    });
    return stdout;
  } catch (error) {
    const command = `pulumi ${args.slice(0, 2).join(" ")} --stack ${stack}`;
    throw new CannotRunError(explain(command, error as ExecError), { cause: error });
  }
}

interface ExecError extends Error {
  readonly code?: string | number | null;
  /** Whether the deadline has ended it. */
  readonly killed?: boolean;
  readonly stderr?: string;
}

function explain(command: string, { code, killed, stderr = "", message }: ExecError): string {
  if (code === "ENOENT")
    return "The Pulumi CLI is not on the PATH: install it, or give the stack's outputs with --outputs FILE.";
  const reason = killed
    ? `no answer after ${String(deadlineMs / 1000)} s`
    : (lastError(stderr) ?? message);
  return `${command} failed: ${reason}.`;
}

/** The CLI prints a line "error: …", and some lines of advice around it. */
function lastError(stderr: string): string | undefined {
  const lines = stderr.split("\n").map((line) => line.trim());
  const said = lines.find((line) => line.startsWith("error:")) ?? lines.find(Boolean);
  return said?.replace(/^error:\s*/, "").replace(/\.$/, "");
}
