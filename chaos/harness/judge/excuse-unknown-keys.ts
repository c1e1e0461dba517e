import type { CheckResult } from "../compose-checkers.ts";
import { toResult } from "../compose-checkers.ts";
import type { Op } from "../history.ts";

/**
 * Where the application chooses the keys, a write that was not answered may have made an item that no
 * key in the history is of: as many such items as there are such writes are no anomalies.
 */
export function excuseUnknownKeys(result: CheckResult, history: readonly Op[]): CheckResult {
  let left = history.filter(({ isKeyUnknown, type }) => isKeyUnknown && type === "info").length;
  if (left === 0) return result;
  const unknown = new Set<string>();
  const anomalies = result.anomalies.filter(({ kind, key, writes }) => {
    if (kind !== "phantom" || writes.length > 0) return true;
    if (unknown.has(key)) return false;
    if (left === 0) return true;
    left -= 1;
    unknown.add(key);
    return false;
  });
  return anomalies.length === result.anomalies.length
    ? result
    : toResult(anomalies, result.reasons);
}
