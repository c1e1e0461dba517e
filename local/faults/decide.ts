import type { AwsCall } from "../wire/aws-call.ts";
import { ownerKey } from "./owner-key.ts";
import type { FaultRule, RuleMatch } from "./rule.ts";

/** What a decision needs to know of a call. */
export type FaultCall = Pick<AwsCall, "service" | "operation" | "region" | "roleArn">;

/** A rule that fires on a call. */
export interface Fired {
  readonly rule: FaultRule;
  /** 0 up to, and not including, 1: which of several things its effect does. */
  readonly choice: number;
}

const none: readonly Fired[] = [];

/**
 * Decides what happens to a call: which rules fire on it, in order; none when it passes untouched.
 * Pure: `roll` gives numbers from 0 up to, and not including, 1, one for each rule that is asked.
 *
 * Rules belong to owners: each action of an experiment is one, the fault list of the Chaos API is
 * one, its network effects are one. Within an owner the first rule that matches decides, also when
 * its roll of the dice is lost (LocalStack: rules are evaluated in order until the first match).
 * Owners combine: see fault-gate.ts.
 */
export function decide(
  rules: readonly FaultRule[],
  call: FaultCall,
  roll: (rule: FaultRule) => number,
): readonly Fired[] {
  let fired: Fired[] | undefined;
  const settledOwners = new Set<string>();
  for (const rule of rules) {
    if (!matches(rule.match, call)) continue;
    const owner = ownerKey(rule.owner);
    if (settledOwners.has(owner)) continue;
    settledOwners.add(owner);
    const rolled = roll(rule);
    // What is rolled below the probability lies evenly between 0 and it.
    if (rolled < rule.probability) (fired ??= []).push({ rule, choice: rolled / rule.probability });
  }
  return fired ?? none;
}

function matches(match: RuleMatch, call: FaultCall): boolean {
  if (match.service !== undefined && match.service !== call.service) return false;
  if (match.region !== undefined && match.region !== call.region) return false;
  if (match.roleArns && (call.roleArn === undefined || !match.roleArns.includes(call.roleArn)))
    return false;
  if (!match.operations) return true;
  const operation = call.operation.toLowerCase();
  return match.operations.some((each) => each.toLowerCase() === operation);
}
