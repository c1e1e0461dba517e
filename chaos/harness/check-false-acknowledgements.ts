import type { Anomaly } from "./anomaly.ts";
import { shownOf } from "./check-input.ts";
import type { CheckInput } from "./check-input.ts";
import { toResult } from "./compose-checkers.ts";
import type { CheckResult } from "./compose-checkers.ts";
import { isAcknowledged } from "./history.ts";

/** Finds writes that were acknowledged while what would have had to hold them was failing. */
export function checkFalseAcknowledgements(input: CheckInput): CheckResult {
  const { history, fault, faultFired, clockErrorMs = 0 } = input;
  // What never failed may well have held the write.
  if (!fault || !faultFired) return toResult([]);
  const isFalse = history.filter(
    (op) =>
      isAcknowledged(op) &&
      op.invokeMs - clockErrorMs >= fault.startMs &&
      op.endMs + clockErrorMs <= fault.endMs &&
      !fault.possible.includes(op.type),
  );
  const keys = new Set(isFalse.map(({ key }) => key));
  const writes = Map.groupBy(
    history.filter(({ key, kind }) => kind === "write" && keys.has(key)),
    ({ key }) => key,
  );
  return toResult(
    isFalse.map((op): Anomaly => {
      const { key } = op;
      const answer = op.body ?? op.type;
      return {
        kind: "false-acknowledgement",
        key,
        message: `${key} was acknowledged (${answer}) while what holds such a write was failing.`,
        expected: op,
        looks: shownOf(input, key),
        writes: [...(writes.get(key) ?? [])].sort((a, b) => a.invokeMs - b.invokeMs),
      };
    }),
  );
}
