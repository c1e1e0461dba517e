import type { Anomaly } from "./anomaly.ts";
import { shownOf } from "./check-input.ts";
import type { CheckInput } from "./check-input.ts";
import { toResult } from "./compose-checkers.ts";
import type { CheckResult } from "./compose-checkers.ts";
import { nameOfLook } from "./describe.ts";

/** Finds items that the run never wrote, and that are not as they were before it. */
export function checkUntouchedItems(input: CheckInput): CheckResult {
  const written = new Set(
    input.history.flatMap(({ kind, key }) => (kind === "write" ? [key] : [])),
  );
  const anomalies: Anomaly[] = [];
  for (const [key, value] of input.initialTable) {
    if (written.has(key)) continue;
    const at = input.looks.findIndex(({ table }) => table.get(key) !== value);
    const look = input.looks[at];
    if (!look) continue;
    const change = look.table.has(key) ? "changed" : "gone";
    anomalies.push({
      kind: "untouched-changed",
      key,
      message:
        `${key}, which the run never wrote, was ${change} at the ${nameOfLook(at)} look. ` +
        `Before the run it was ${value}`,
      looks: shownOf(input, key),
      writes: [],
    });
  }
  return toResult(anomalies);
}
