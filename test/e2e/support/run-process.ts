import { spawn } from "node:child_process";

export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a child process needs of this one; nothing of the user's AWS settings is among it. */
const passedOn = ["PATH", "HOME", "LANG", "PYENV_ROOT", "PYTHONPATH", "SYSTEMROOT", "TMPDIR"];

/** Runs a program to its end, for at most `deadlineMs`. Exit code 127 when it is not there. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: {
    readonly input?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly deadlineMs?: number;
  } = {},
): Promise<ProcessResult> {
  const env = Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...env, ...options.env },
      timeout: options.deadlineMs ?? 60_000,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", (error) => {
      resolve({ exitCode: 127, stdout, stderr: error.message });
    });
    child.on("close", (code, signal) => {
      resolve({ exitCode: code ?? 1, stdout, stderr: signal ? `${stderr}${signal}` : stderr });
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
}
