// JavaScript, because it runs in a process that is then replaced: loading what strips types would take
// longer than all the rest (about 40 of 70 ms).
import { spawn } from "node:child_process";
import { isMainThread } from "node:worker_threads";
import { cleanEnvironment, isKept } from "./clean-environment.js";

/** Tells a process that it was started clean, so that none starts over twice. */
const MARK = "OUTAGE_DRILL_CLEAN";

/** @param {string | undefined} program */
export async function restartClean(program = process.argv[1]) {
  const isClean = process.env[MARK] !== undefined || Object.keys(process.env).every(isKept);
  Reflect.deleteProperty(process.env, MARK);
  if (isClean || !isMainThread || program === undefined) return;
  const args = [...process.execArgv, program, ...process.argv.slice(2)];
  const env = { ...cleanEnvironment(process.env), [MARK]: "1" };
  if (process.execve === undefined || process.platform === "win32") await runBelow(args, env);
  else process.execve(process.execPath, [process.execPath, ...args], env);
}

/**
 * Runs a process that gets this one's signals, ends when this one has gone, and ends it in turn.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<never>}
 */
function runBelow(args, env) {
  const child = spawn(process.execPath, args, {
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
    process.on(signal, () => child.kill(signal));
  return new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.exit(code ?? (signal === null ? 1 : 128));
    });
  });
}
