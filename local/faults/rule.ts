import type { Dice } from "./dice.ts";
import type { RuleEffect } from "./effects/fault-effects.ts";

/** Who put a rule there; it ends when its owner stops, and every fault that it fires names it. */
export type RuleOwner =
  | { readonly kind: "experiment"; readonly experimentId: string; readonly action: string }
  /** The list of `/_localstack/chaos/faults`; `rule` is the entry as it was posted. */
  | { readonly kind: "chaos-faults"; readonly rule: Readonly<Record<string, unknown>> }
  /** The latency of `/_localstack/chaos/effects`. */
  | { readonly kind: "chaos-effects" };

/** Which calls a rule hits. An absent field matches every call. */
export interface RuleMatch {
  readonly region?: string;
  /** SigV4 signing name. */
  readonly service?: string;
  /** Names of operations, in any case of letters. */
  readonly operations?: readonly string[];
  /** ARNs of the IAM roles whose calls are hit, for actions that target `aws:iam:role`. */
  readonly roleArns?: readonly string[];
}

export interface FaultRule {
  readonly owner: RuleOwner;
  readonly match: RuleMatch;
  /** 0 to 1. */
  readonly probability: number;
  /** What happens to a call that it hits: it waits, it ends in some way, or it waits and then ends. */
  readonly effect: RuleEffect;
  /** Dice that only this rule rolls. Default: the cloud's. */
  readonly dice?: Dice;
}
