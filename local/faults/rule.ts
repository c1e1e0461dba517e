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

/** What happens to a call that a rule hits: it waits, it fails, or it waits and then fails. */
export interface RuleEffect {
  readonly delayMs?: number;
  readonly error?: FaultError;
}

export interface FaultError {
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  readonly message: string;
}

export interface FaultRule {
  readonly owner: RuleOwner;
  readonly match: RuleMatch;
  /** 0 to 1. */
  readonly probability: number;
  readonly effect: RuleEffect;
}
