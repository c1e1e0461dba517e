import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../../local/cli.ts", import.meta.url));
const READY_WITHIN_MS = 30_000;

export interface CliProcess {
  readonly pid: number | undefined;
  /** Resolves at the first entry of the log. */
  readonly started: Promise<unknown>;
  /** Resolves with all of stdout once it has a line that starts with "Ready"; rejects on exit. */
  readonly ready: Promise<string>;
  /** Resolves when the process has ended. */
  readonly exited: Promise<{ code: number | null; stdout: string; stderr: string }>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `npm run cloud`'s process. Whatever a test leaves running is killed at its deadline. */
export function startCli(
  args: string[],
  env: NodeJS.ProcessEnv = {},
  nodeOptions: string[] = [],
): CliProcess {
  const child = spawn(process.execPath, [...nodeOptions, CLI, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: READY_WITHIN_MS,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, "close").then(([code]) => ({
    code: code as number | null,
    stdout,
    stderr,
  }));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (/^Ready .*\n/m.test(stdout)) resolve(stdout);
    });
    void exited.then(({ code }) => {
      reject(new Error(`It ended with ${String(code)} and was not ready: ${stderr}`));
    });
  });
  ready.catch(() => undefined);
  const started = once(child.stderr, "data");
  return { pid: child.pid, started, ready, exited, kill: (signal) => child.kill(signal) };
}

/** The address on the ready line. */
export function endpointOf(stdout: string): string {
  const endpoint = /^Ready on (\S+)$/m.exec(stdout)?.[1];
  if (endpoint === undefined) throw new Error(`No ready line in: ${stdout}`);
  return endpoint;
}
