import type { Log } from "../log.ts";
import { AwsError } from "../wire/aws-error.ts";
import { decide, type FaultCall } from "./decide.ts";
import type { FaultStore } from "./fault-store.ts";
import { ownerKey } from "./owner-key.ts";
import type { FaultError, FaultRule } from "./rule.ts";
import { waitOut, type WaitEnd } from "./wait-out.ts";

export interface FaultGate {
  /**
   * Lets a call through, late, or not at all. `undefined` when nothing fires, so that an untouched
   * call costs no promise. Otherwise waits the delays of the rules that fired, one after the other,
   * and rejects with the AwsError of the first of them that is still in force by then. Rejects with
   * the signal's reason when `signal` aborts during a wait.
   */
  pass(call: FaultCall, signal?: AbortSignal): Promise<void> | undefined;
  /** How many faults each owner (see `ownerKey`) has fired, for the last 1,000 owners. */
  readonly firedCounts: ReadonlyMap<string, number>;
}

/** Who counts: more owners than anyone looks at, and a bound for a cloud that runs for weeks. */
const countedOwners = 1000;

export interface FaultGateOptions {
  readonly store: FaultStore;
  readonly log: Log;
  /** Gives numbers from 0 up to, and not including, 1. */
  readonly random: () => number;
}

/** The one place where faults are carried out, for every service. */
export function createFaultGate({ store, log, random }: FaultGateOptions): FaultGate {
  const firedCounts = new Map<string, number>();

  function record(call: FaultCall, rule: FaultRule, error?: FaultError, end?: WaitEnd): void {
    const owner = ownerKey(rule.owner);
    const count = firedCounts.get(owner) ?? 0;
    firedCounts.delete(owner);
    firedCounts.set(owner, count + 1);
    const [oldest] = firedCounts.keys();
    if (firedCounts.size > countedOwners && oldest !== undefined) firedCounts.delete(oldest);
    log({
      event: "fault-fired",
      service: call.service,
      operation: call.operation,
      region: call.region,
      delayMs: rule.effect.delayMs ?? 0,
      ...(end && end !== "elapsed" && { delayEndedBy: end }),
      ...(error && { status: error.status, code: error.code }),
      ...describeOwner(rule),
      requestId: call.requestId,
    });
  }

  async function carryOut(
    call: FaultCall,
    fired: readonly FaultRule[],
    signal?: AbortSignal,
  ): Promise<void> {
    const ends = new Map<FaultRule, WaitEnd>();
    for (const rule of fired) {
      if (rule.effect.delayMs === undefined) continue;
      const end = await waitOut(rule, store, signal);
      ends.set(rule, end);
      if (end === "caller-gone") break;
    }
    const failing = signal?.aborted
      ? undefined
      : fired.find((rule) => rule.effect.error && store.isInForce(rule));
    for (const rule of fired) {
      const error = rule === failing ? rule.effect.error : undefined;
      if (error ?? ends.has(rule)) record(call, rule, error, ends.get(rule));
    }
    signal?.throwIfAborted();
    const error = failing?.effect.error;
    if (error) throw new AwsError(error.code, error.message, error.status);
  }

  return {
    firedCounts,
    pass(call, signal) {
      // FIS is how a fault is taken back, so it is never faulted itself.
      if (store.rules.length === 0 || call.service === "fis") return undefined;
      const { fired } = decide(store.rules, call, random);
      return fired.length === 0 ? undefined : carryOut(call, fired, signal);
    },
  };
}

function describeOwner({ owner }: FaultRule): Record<string, unknown> {
  switch (owner.kind) {
    case "experiment":
      return { experimentId: owner.experimentId, action: owner.action };
    case "chaos-faults":
      return { chaosRule: owner.rule };
    case "chaos-effects":
      return { chaosRule: "network effects" };
  }
}
