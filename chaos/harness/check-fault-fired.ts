import type { CheckInput } from "./check-input.ts";
import { toResult } from "./compose-checkers.ts";
import type { CheckResult } from "./compose-checkers.ts";

/** Without a sign of the fault nothing was tried, and nothing is shown. */
export function checkFaultFired({ faultFired }: CheckInput): CheckResult {
  return toResult(
    [],
    faultFired ? [] : ["The fault never fired: no request was answered as during it."],
  );
}
