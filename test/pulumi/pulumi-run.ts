import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandRun, runCommand } from "../support/run-command.ts";

const variable = "OUTAGE_DRILL_PULUMI";

/** Why the Pulumi CLI is not tried here; `undefined` when it is. */
export function whyPulumiIsNotTried(): string | undefined {
  if (process.env[variable] !== "1")
    return `${variable} is not 1; set it where the Pulumi CLI is on the PATH and can get the provider.`;
  if (spawnSync("pulumi", ["version"], { stdio: "ignore" }).error)
    return "there is no pulumi on the PATH.";
  return undefined;
}

export interface PulumiRun extends AsyncDisposable {
  /**
   * Runs a command of the CLI on the stack, in the project's directory.
   */
  run(command: string, ...args: string[]): Promise<CommandRun>;
  /** The environment in which the CLI finds the stack's state. */
  readonly environment: NodeJS.ProcessEnv;
}

/** A stack of a project, with its state in a temporary directory; nothing of it is deployed yet. */
export async function startPulumi(project: string, stack: string): Promise<PulumiRun> {
  const state = await mkdtemp(join(tmpdir(), "outage-drill-pulumi-"));
  const environment = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "drill",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const run = (command: string, ...args: string[]) =>
    runCommand("pulumi", [...command.split(" "), ...args, "--non-interactive", "--color=never"], {
      cwd: project,
      env: environment,
      timeoutMs: 590_000,
      killSignal: "SIGINT",
    });
  const { exitCode, output } = await run("stack init", stack);
  if (exitCode !== 0) throw new Error(`pulumi stack init failed:\n${output}`);
  return {
    run,
    environment,
    [Symbol.asyncDispose]: () => rm(state, { recursive: true, force: true }),
  };
}
