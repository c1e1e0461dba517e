import type { Anomaly } from "./anomaly.ts";
import type { CheckInput } from "./check-input.ts";

export type Validity = "valid" | "invalid" | "unknown";

export interface CheckResult {
  readonly result: Validity;
  readonly anomalies: readonly Anomaly[];
  /** Why the result is unknown. */
  readonly reasons: readonly string[];
}

/** Judges one side of a run. Pure: the same input gives the same result. */
export type Checker = (input: CheckInput) => CheckResult;

/**
 * One checker out of several, by their names: invalid if one of them is, otherwise unknown if one of
 * them is, and valid only if all of them are. One that crashes is unknown, with its error as the reason.
 *
 * Source of the idea: Jepsen's checker.clj (compose, merge-valid, check-safe).
 *
 * @example
 * const checker = composeCheckers({ registers: checkRegisters, untouched: checkUntouchedItems });
 */
export function composeCheckers(checkers: Readonly<Record<string, Checker>>): Checker {
  return (input) => {
    const results = Object.entries(checkers).map(([name, checker]) =>
      runSafely(name, checker, input),
    );
    return {
      result: mergeValidity(results.map(({ result }) => result)),
      anomalies: results.flatMap(({ anomalies }) => anomalies),
      reasons: results.flatMap(({ reasons }) => reasons),
    };
  };
}

/** Invalid over unknown over valid. */
export function mergeValidity(results: readonly Validity[]): Validity {
  if (results.includes("invalid")) return "invalid";
  return results.includes("unknown") ? "unknown" : "valid";
}

/** The result of a checker that finds anomalies, and may have reasons not to be sure. */
export function toResult(
  anomalies: readonly Anomaly[],
  reasons: readonly string[] = [],
): CheckResult {
  const isUnknown = reasons.length > 0;
  const result = anomalies.length > 0 ? "invalid" : isUnknown ? "unknown" : "valid";
  return { result, anomalies, reasons };
}

function runSafely(name: string, checker: Checker, input: CheckInput): CheckResult {
  try {
    return checker(input);
  } catch (error) {
    return toResult([], [`The checker of ${name} crashed: ${String(error)}`]);
  }
}
