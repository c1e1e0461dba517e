import type { AwsCall } from "../wire/aws-call.ts";
import { ownerKey } from "./owner-key.ts";
import type { FaultError, FaultRule, RuleMatch } from "./rule.ts";

/** What a decision and its log entry need to know of a call. */
export type FaultCall = Pick<AwsCall, "service" | "operation" | "region" | "roleArn" | "requestId">;

/** What happens to one call. */
export interface Verdict {
  /** How long the call waits in all. */
  readonly delayMs: number;
  /** With what it fails after that; absent when it goes on to its service. */
  readonly error?: FaultError;
  /** The rules that fired, in order; none when the call passes untouched. */
  readonly fired: readonly FaultRule[];
}

const pass: Verdict = { delayMs: 0, fired: [] };

/**
 * Decides whether a call passes, waits or fails. Pure: `random` gives numbers from 0 up to, and not
 * including, 1.
 *
 * Rules belong to owners: each action of an experiment is one, the fault list of the Chaos API is
 * one, its network effects are one. Within an owner the first rule that matches decides, also when
 * its roll of the dice is lost (LocalStack: rules are evaluated in order until the first match).
 * Owners combine: their delays add up, and the first error wins.
 */
export function decide(
  rules: readonly FaultRule[],
  call: FaultCall,
  random: () => number,
): Verdict {
  const fired: FaultRule[] = [];
  const settledOwners = new Set<string>();
  for (const rule of rules) {
    if (!matches(rule.match, call)) continue;
    const owner = ownerKey(rule.owner);
    if (settledOwners.has(owner)) continue;
    settledOwners.add(owner);
    if (random() < rule.probability) fired.push(rule);
  }
  if (fired.length === 0) return pass;
  const error = fired.find((rule) => rule.effect.error)?.effect.error;
  return {
    delayMs: fired.reduce((sum, rule) => sum + (rule.effect.delayMs ?? 0), 0),
    ...(error && { error }),
    fired,
  };
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
