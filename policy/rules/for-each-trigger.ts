import type { ReportViolation, StackValidationArgs } from "@pulumi/policy";
import { queueTriggers, type QueueTrigger } from "../graph/queues.ts";
import type { StackRule } from "./rule.ts";

/** @returns a stack rule's validation that looks at each queue that feeds a function. */
export function forEachTrigger(
  check: (
    args: StackValidationArgs,
    trigger: QueueTrigger,
    reportViolation: ReportViolation,
  ) => void,
): StackRule["validateStack"] {
  return (args, reportViolation) => {
    for (const trigger of triggersOf(args)) check(args, trigger, reportViolation);
  };
}

/** @returns the queues that feed functions, of which there is at least one. */
export function triggersOf(args: StackValidationArgs): QueueTrigger[] {
  const triggers = queueTriggers(args.resources);
  return triggers.length > 0
    ? triggers
    : args.notApplicable("No queue of the stack feeds a function.");
}
