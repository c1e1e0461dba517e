import { execFile } from "node:child_process";

export interface CommandRun {
  readonly exitCode: number;
  /** Of both streams. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** What ends a command that takes too long. Default: SIGTERM. */
  readonly killSignal?: NodeJS.Signals;
}

/**
 * Runs a program to its end, whatever its exit code.
 *
 * @throws Error with what it printed, if it does not end in time or cannot be started
 */
export function runCommand(
  program: string,
  args: readonly string[],
  { timeoutMs, ...options }: CommandOptions,
): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { ...options, timeout: timeoutMs, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        const output = stdout + stderr;
        if (typeof exitCode === "number") resolve({ exitCode, output });
        else
          reject(
            new Error(
              `${program} ${args[0] ?? ""} did not end within ${String(timeoutMs / 1000)} s:\n${output}`,
            ),
          );
      },
    );
  });
}
