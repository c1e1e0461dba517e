import { constants } from "node:os";

/**
 * A signal that is aborted when the process is told to end; told a second time, it ends at once, with 128 +
 * the signal's number. Nothing of a fleet's is left on a stack, so nothing has to be undone.
 */
export function onSignals(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(128 + constants.signals[name]);
      stop.abort(new Error(`Interrupted by ${name}.`));
    });
  return stop.signal;
}
