import { spawn } from "node:child_process";
import { isMainThread } from "node:worker_threads";
import { cleanEnvironment, isKept } from "./clean-environment.ts";

/** Tells a process that it was started clean, so that none starts over twice. */
const MARK = "OUTAGE_DRILL_CLEAN";

/**
 * Starts this process over without the variables of the user's shell, so that nothing that runs in it
 * finds them: a process cannot remove what it was started with from `/proc/self/environ`. On Unix the
 * process is replaced and keeps its id; elsewhere a second one runs below it.
 *
 * Call it before anything that takes long is imported.
 *
 * @returns in a clean process; never in one that is not
 */
export async function restartClean(): Promise<void> {
  const isClean = process.env[MARK] !== undefined || Object.keys(process.env).every(isKept);
  Reflect.deleteProperty(process.env, MARK);
  const [, program] = process.argv;
  if (isClean || !isMainThread || program === undefined) return;
  const args = [...process.execArgv, program, ...process.argv.slice(2)];
  const env = { ...cleanEnvironment(process.env), [MARK]: "1" };
  if (process.execve === undefined || process.platform === "win32") await runBelow(args, env);
  else process.execve(process.execPath, [process.execPath, ...args], env);
}

/** Runs a process that gets this one's signals, ends when this one has gone, and ends it in turn. */
function runBelow(args: string[], env: NodeJS.ProcessEnv): Promise<never> {
  const child = spawn(process.execPath, args, {
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => child.kill(signal));
  return new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.exit(code ?? (signal === null ? 1 : 128));
    });
  });
}
