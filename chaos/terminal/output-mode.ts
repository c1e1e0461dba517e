/**
 * How a drill shows that it goes on: redrawn in place (`live`), as a time-stamped line a step (`log`), or
 * as mocha's tree (`tree`).
 */
export type OutputMode = "live" | "log" | "tree";

export interface OutputOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly isTerminal: boolean;
  /** Whether every step was asked for. */
  readonly verbose: boolean;
}

/** Only a terminal that moves its cursor is drawn on, and never one whose text is kept as a log. */
export function outputMode({ env, isTerminal, verbose }: OutputOptions): OutputMode {
  if (verbose) return "tree";
  if (isContinuousIntegration(env)) return "log";
  return isTerminal && env.TERM !== "dumb" ? "live" : "tree";
}

/** `CI` is what GitHub, GitLab, CircleCI, Travis and others set (their documentation of variables). */
export function isContinuousIntegration({ CI = "" }: NodeJS.ProcessEnv): boolean {
  return !["", "0", "false"].includes(CI.toLowerCase());
}
