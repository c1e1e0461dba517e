import type { FaultRule } from "../../faults/rule.ts";
import type { ActionContext, ActionPlan } from "./actions/action.ts";

/** The faults of an action as rules that it owns. */
export function toFaultRules(plan: ActionPlan, context: ActionContext): FaultRule[] {
  const { experimentId, action } = context;
  return (plan.faults?.(context) ?? []).map((fault) => ({
    owner: { kind: "experiment", experimentId, action },
    ...fault,
  }));
}
