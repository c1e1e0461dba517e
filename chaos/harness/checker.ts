import { countByKind } from "./anomaly.ts";
import type { AnomalyCounts } from "./anomaly.ts";
import { checkFalseAcknowledgements } from "./check-false-acknowledgements.ts";
import { checkFaultFired } from "./check-fault-fired.ts";
import type { CheckInput } from "./check-input.ts";
import { checkRegisters } from "./check-registers.ts";
import { checkUntouchedItems } from "./check-untouched-items.ts";
import { composeCheckers } from "./compose-checkers.ts";
import type { CheckResult } from "./compose-checkers.ts";
import { gatherEvidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import { isAcknowledged } from "./history.ts";

/** What the history of a run comes to. */
export interface Verdict extends CheckResult {
  readonly acknowledged: number;
  readonly counts: AnomalyCounts;
  readonly evidence: Evidence;
  /** The bound of the clocks' error that was granted; absent when it is zero. */
  readonly clockErrorMs?: number;
}

const checkAll = composeCheckers({
  registers: checkRegisters,
  "false acknowledgements": checkFalseAcknowledgements,
  "untouched items": checkUntouchedItems,
  "the fault's sign": checkFaultFired,
});

/**
 * Says whether every acknowledged write survived, in the right order, and whether all that was read fits
 * in. docs/history-model.md has the rules. Without a drained queue the result is never valid.
 */
export function check(input: CheckInput): Verdict {
  const result = checkAll(input);
  const { clockErrorMs = 0 } = input;
  return {
    ...result,
    acknowledged: input.history.filter(isAcknowledged).length,
    counts: countByKind(result.anomalies),
    evidence: gatherEvidence(input),
    ...(clockErrorMs > 0 && { clockErrorMs }),
  };
}
