import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface ScriptRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the project to its end, in a process of its own. */
export async function runScript(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ScriptRun> {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once("close", resolve)),
  ]);
  return { code, stdout, stderr };
}
