import type { Dice } from "../../faults/dice.ts";
import { ownerKey } from "../../faults/owner-key.ts";
import type { RuleOwner } from "../../faults/rule.ts";
import type { Log } from "../../log.ts";
import type { InvocationEffect, InvocationFaults } from "../lambda/invocation-fault.ts";

/** What an action of an experiment does to invocations of functions. */
export interface InvocationRule {
  readonly owner: Extract<RuleOwner, { kind: "experiment" }>;
  readonly functionArns: readonly string[];
  /** 0 to 1. */
  readonly probability: number;
  readonly effect: InvocationEffect;
  /** Dice that only this rule rolls. Default: the cloud's. */
  readonly dice?: Dice;
}

/** The faults of running experiments inside Lambda: FIS puts them there, Lambda asks for them. */
export interface InvocationFaultStore extends InvocationFaults {
  add(rule: InvocationRule): void;
  /** Removes the rules of an owner. */
  remove(key: string): void;
}

export interface InvocationFaultStoreOptions {
  readonly log: Log;
  /** Gives numbers from 0 up to, and not including, 1. */
  readonly random: () => number;
}

/**
 * Of several rules for one function the one that began first holds until it ends.
 * Source: FIS User Guide, "Use the AWS FIS aws:lambda:function actions".
 */
export function createInvocationFaultStore({
  log,
  random,
}: InvocationFaultStoreOptions): InvocationFaultStore {
  const rules = new Set<InvocationRule>();
  return {
    add: (rule) => rules.add(rule),
    remove(key) {
      for (const rule of rules) if (ownerKey(rule.owner) === key) rules.delete(rule);
    },
    next(functionArn, requestId) {
      for (const { owner, functionArns, probability, effect, dice = random } of rules) {
        if (!functionArns.includes(functionArn)) continue;
        if (dice() >= probability) return undefined;
        const { experimentId, action } = owner;
        log({
          event: "fault-fired",
          service: "lambda",
          operation: "Invoke",
          function: functionArn,
          effect,
          experimentId,
          action,
          requestId,
        });
        return effect;
      }
      return undefined;
    },
  };
}
