import type { ExperimentRun } from "../harness/experiment-run.ts";
import { UndecidedError } from "../harness/step-errors.ts";
import type { Verdict } from "../harness/checker.ts";
import type { Step } from "../harness/steps.ts";

/** With so many, a drill finds a loss of 20 % with 99 %: the smallest n with 0.8^n ≤ 0.01. */
const leastWrites = 21;
/** With so many, it finds a loss of 1 %; no run needs more. */
const enoughWrites = 459;
/** Of the acknowledged writes. A quiet machine has two in three, a busy one half. */
const leastShare = 0.25;

/** How many writes must have been able to show their loss, out of so many acknowledged ones. */
export function evidenceFloor(acknowledged: number): number {
  return Math.min(enoughWrites, Math.max(leastWrites, Math.ceil(acknowledged * leastShare)));
}

/** A run whose evidence is too weak to find a loss does not hold for having found none. */
export const evidenceStep: Step = {
  phase: "verification",
  name: "enough acknowledged writes were able to show their loss",
  essential: false,
  run: (run: ExperimentRun) => assertEvidence(run.verdict()),
};

/** @throws UndecidedError when a write that was lost could too easily have gone unnoticed */
export function assertEvidence({
  acknowledged,
  evidence,
}: Pick<Verdict, "acknowledged" | "evidence">): string {
  const floor = evidenceFloor(acknowledged);
  const counts = `${String(evidence.all)} of ${String(acknowledged)}, and ${String(floor)} are the least`;
  if (evidence.all >= floor) return counts;
  const missed =
    evidence.all === 0
      ? "any loss"
      : `a loss of ${(100 * (1 - 0.01 ** (1 / evidence.all))).toPrecision(2)} %`;
  throw new UndecidedError(
    `The evidence is too weak: ${counts}. A run like this one may well miss ${missed}; ` +
      "give it more writes with --rate or --duration, or a less busy machine.",
  );
}
