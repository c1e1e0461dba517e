import { syncBuiltinESMExports } from "node:module";
import type { FromEnvironment, RuntimeError } from "./messages.ts";

/** Exit statuses of Lambda's runtime for Node.js. */
const status = { uncaughtException: 129, unhandledRejection: 128 };
/** What a shell adds to the number of a signal; the number itself is not told. */
const endedBySignal = 128;

/**
 * Makes a function that ends its process end its own thread alone. On Lambda the process is the
 * function's; here `process.pid` is the whole cloud.
 */
export function endAlone(
  send: (message: FromEnvironment) => void,
  describe: (error: unknown, fallback: string) => RuntimeError,
): void {
  const endBy = (signal: string): never => {
    send({ kind: "exit", signal });
    process.exit(endedBySignal);
  };
  const kill = process.kill.bind(process);
  process.kill = (pid, signal = "SIGTERM") => {
    // Zero and below are groups of processes, this one's among them.
    if (pid > 0 && pid !== process.pid && pid !== process.ppid) return kill(pid, signal);
    if (signal === 0) return true;
    const name = typeof signal === "number" ? nameOf(signal) : signal;
    if (name !== "SIGKILL" && process.emit(name as NodeJS.Signals, name as NodeJS.Signals))
      return true;
    return endBy(name);
  };
  process.abort = () => endBy("SIGABRT");
  syncBuiltinESMExports();

  const logAndExit = (what: string, error: RuntimeError, code: number): void => {
    console.error(`${what} ${JSON.stringify({ ...error, stack: error.trace, trace: undefined })}`);
    process.exit(code);
  };
  process.on("uncaughtException", (error) => {
    logAndExit("Uncaught Exception", describe(error, "Error"), status.uncaughtException);
  });
  process.on("unhandledRejection", (reason) => {
    const described = describe(reason, "Error");
    logAndExit(
      "Unhandled Promise Rejection",
      { ...described, errorType: "Runtime.UnhandledPromiseRejection" },
      status.unhandledRejection,
    );
  });
}

function nameOf(signal: number): string {
  const names: Readonly<Record<number, string>> = {
    1: "SIGHUP",
    2: "SIGINT",
    3: "SIGQUIT",
    6: "SIGABRT",
    9: "SIGKILL",
    11: "SIGSEGV",
    15: "SIGTERM",
  };
  return names[signal] ?? String(signal);
}
