import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Summary } from "../../chaos/report/summary.ts";

export interface DrillRun {
  readonly exitCode: number | null;
  readonly summary: Summary;
  /** The tree and what was lost or stale. */
  readonly stderr: string;
}

/** Runs `npm run chaos -- --json` with further arguments in a checkout. */
export async function runDrill(
  directory: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<DrillRun> {
  const child = spawn(process.execPath, ["chaos/cli.ts", "--json", ...args], {
    cwd: directory,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  if (stdout === "") throw new Error(`The drill printed no result:\n${stderr}`);
  return { exitCode, summary: JSON.parse(stdout) as Summary, stderr };
}
