import { fileURLToPath } from "node:url";
import { type CommandRun, runCommand } from "../support/run-command.ts";

const start = fileURLToPath(new URL("../../command/start.js", import.meta.url));

/** Runs `outage-drill` from this repository's sources. */
export function outageDrill(
  args: readonly string[],
  cwd: string = process.cwd(),
): Promise<CommandRun> {
  return runCommand(process.execPath, [start, ...args], {
    cwd,
    env: process.env,
    timeoutMs: 60_000,
  });
}
