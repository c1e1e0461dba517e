import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../../local/cli.ts", import.meta.url));
const startDeadlineMs = 60_000;

export interface CloudProcess {
  /** Such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** What it has logged so far, one JSON object a line. */
  logged(): readonly Readonly<Record<string, unknown>>[];
  /** Stops it as Ctrl-C does and answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it whatever it is doing. */
  kill(): Promise<number | null>;
}

/** What `npm run cloud` starts, on a free port, once it is ready. */
export async function startCloudProcess(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<CloudProcess> {
  const child = spawn(process.execPath, [cli, "--port", "0", ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  try {
    return {
      endpoint: await readyEndpoint(child, output),
      logged: () =>
        output.stderr
          .split("\n")
          .filter((line) => line.startsWith("{"))
          .map((line) => JSON.parse(line) as Record<string, unknown>),
      stop() {
        child.kill("SIGINT");
        return exit;
      },
      kill() {
        child.kill("SIGKILL");
        return exit;
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

function readyEndpoint(
  child: ChildProcess,
  output: { readonly stdout: string; readonly stderr: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`The cloud ${why}:\n${output.stdout}${output.stderr}`));
    };
    const timer = setTimeout(() => {
      fail(`was not ready within ${String(startDeadlineMs / 1000)} s`);
    }, startDeadlineMs);
    child.once("exit", (code) => {
      fail(`ended with exit code ${String(code)} before it was ready`);
    });
    child.stdout?.on("data", () => {
      const endpoint = /^Ready on (\S+)$/m.exec(output.stdout)?.[1];
      if (endpoint === undefined) return;
      clearTimeout(timer);
      resolve(endpoint);
    });
  });
}
