/**
 * How the end of an environment's process is told. Source: AWS Lambda Developer Guide, "Runtime.ExitError",
 * and the names that Go's `syscall.Signal` gives, which Lambda's own supervisor is written in.
 */
const signals: Readonly<Record<string, string>> = {
  SIGABRT: "aborted",
  SIGALRM: "alarm clock",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGHUP: "hangup",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGPIPE: "broken pipe",
  SIGQUIT: "quit",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
  SIGUSR1: "user defined signal 1",
  SIGUSR2: "user defined signal 2",
};

/** `Runtime exited with error: exit status 3`; a runtime that ends with 0 gives no reason. */
export function exitReason(exit: { readonly code: number } | { readonly signal: string }): string {
  if ("signal" in exit)
    return `Runtime exited with error: signal: ${signals[exit.signal] ?? exit.signal}`;
  return exit.code === 0
    ? "Runtime exited without providing a reason"
    : `Runtime exited with error: exit status ${String(exit.code)}`;
}
