import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
   *
   * @returns its exit code, and what it printed on both streams
   */
  run(command: string, ...args: string[]): Promise<{ exitCode: number; output: string }>;
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
    new Promise<{ exitCode: number; output: string }>((resolve, reject) => {
      const all = [...command.split(" "), ...args, "--non-interactive", "--color=never"];
      const timeoutMs = 590_000;
      execFile(
        "pulumi",
        all,
        { cwd: project, env: environment, timeout: timeoutMs, killSignal: "SIGINT" },
        (error, stdout, stderr) => {
          const exitCode = error === null ? 0 : error.code;
          const output = stdout + stderr;
          if (typeof exitCode === "number") resolve({ exitCode, output });
          else
            reject(
              new Error(
                `pulumi ${command} did not end within ${String(timeoutMs / 1000)} s:\n${output}`,
              ),
            );
        },
      );
    });
  const { exitCode, output } = await run("stack init", stack);
  if (exitCode !== 0) throw new Error(`pulumi stack init failed:\n${output}`);
  return {
    run,
    environment,
    [Symbol.asyncDispose]: () => rm(state, { recursive: true, force: true }),
  };
}
