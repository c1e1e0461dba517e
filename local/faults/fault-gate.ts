import type { Log } from "../log.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import { decide, type Fired } from "./decide.ts";
import type { Dice } from "./dice.ts";
import type { EndingEffect, Hit } from "./effects/effect.ts";
import { type EffectName, effectsOf } from "./effects/fault-effects.ts";
import type { FaultStore } from "./fault-store.ts";
import { ownerKey } from "./owner-key.ts";
import type { FaultRule } from "./rule.ts";
import { waitOut, type WaitEnd } from "./wait-out.ts";

export interface FaultGate {
  /**
   * Carries out what the rules in force do to a call; `act` has its service act. `undefined` when
   * nothing fires, so that an untouched call costs no promise: the caller then acts itself.
   *
   * Otherwise the delays of the rules that fired are waited out one after the other. Then the first
   * of the rules that is still in force and ends a call decides how: with the AwsError or the
   * TransportFailure that this rejects with. Without one the call goes on: this answers what `act`
   * does. Rejects with the signal's reason when `signal` aborts during a delay.
   */
  pass<T>(call: AwsCall, act: () => T | Promise<T>, signal?: AbortSignal): Promise<T> | undefined;
  /** How many faults each owner (see `ownerKey`) has fired, for the last 1,000 owners. */
  readonly firedCounts: ReadonlyMap<string, number>;
  /** Those of them on calls of the application: of its functions, or of services on its behalf. */
  readonly firedOnApplication: ReadonlyMap<string, number>;
}

/** Who counts: more owners than anyone looks at, and a bound for a cloud that runs for weeks. */
const countedOwners = 1000;

export interface FaultGateOptions {
  readonly store: FaultStore;
  readonly log: Log;
  /** Rolled for every rule that has no dice of its own. */
  readonly random: Dice;
  /** ARN of who makes a call. Default: its role, or else the account's root. */
  readonly principalOf?: (call: AwsCall) => string | undefined;
}

interface Delay {
  readonly delayMs: number;
  readonly end: WaitEnd;
}

interface Ending extends Fired {
  readonly name: EffectName;
  readonly effect: EndingEffect<unknown>;
  readonly settings: unknown;
}

/** The one place where faults are carried out, for every service. */
export function createFaultGate({ store, log, random, ...options }: FaultGateOptions): FaultGate {
  const firedCounts = new Map<string, number>();
  const firedOnApplication = new Map<string, number>();

  function record(
    call: AwsCall,
    rule: FaultRule,
    effect: EffectName,
    delay: Delay | undefined,
    facts?: Readonly<Record<string, unknown>>,
  ): void {
    const owner = ownerKey(rule.owner);
    countOne(firedCounts, owner);
    if (call.roleArn !== undefined || call.accessKeyId === undefined)
      countOne(firedOnApplication, owner);
    log({
      event: "fault-fired",
      effect,
      service: call.service,
      operation: call.operation,
      region: call.region,
      delayMs: delay?.delayMs ?? 0,
      ...(delay && delay.end !== "elapsed" && { delayEndedBy: delay.end }),
      ...facts,
      ...describeOwner(rule),
      requestId: call.requestId,
    });
  }

  /** Waits out the delays of all rules, one after the other, until the caller has gone. */
  async function waitAll(fired: readonly Fired[], signal?: AbortSignal) {
    const delays = new Map<FaultRule, Delay>();
    for (const { rule } of fired)
      for (const { effect, settings } of effectsOf(rule.effect)) {
        if (effect.role !== "delays" || signal?.aborted) continue;
        const delayMs = effect.delayMs(settings);
        delays.set(rule, { delayMs, end: await waitOut(rule, delayMs, store, signal) });
      }
    return delays;
  }

  async function carryOut<T>(
    call: AwsCall,
    fired: readonly Fired[],
    act: () => T | Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const delays = await waitAll(fired, signal);
    const ending = signal?.aborted ? undefined : findEnding(fired, store);
    for (const { rule } of fired) {
      const delay = delays.get(rule);
      if (delay && rule !== ending?.rule) record(call, rule, "delay", delay);
    }
    signal?.throwIfAborted();
    if (!ending) return act();
    const { rule, choice, name, effect, settings } = ending;
    const hit: Hit = {
      call,
      principal:
        options.principalOf?.(call) ?? call.roleArn ?? `arn:aws:iam::${call.accountId}:root`,
      choice,
      act: async () => act(),
      untilFaultEnds: () => waitOut(rule, undefined, store, signal),
    };
    record(call, rule, name, delays.get(rule), effect.facts?.(settings, hit));
    return effect.end(settings, hit);
  }

  const roll = (rule: FaultRule): number => (rule.dice ?? random)();
  return {
    firedCounts,
    firedOnApplication,
    pass(call, act, signal) {
      // FIS is how a fault is taken back, so it is never faulted itself.
      if (store.rules.length === 0 || call.service === "fis") return undefined;
      const fired = decide(store.rules, call, roll);
      return fired.length === 0 ? undefined : carryOut(call, fired, act, signal);
    },
  };
}

/** How the call ends by the first rule that is in force and ends calls. */
function findEnding(fired: readonly Fired[], store: FaultStore): Ending | undefined {
  for (const each of fired) {
    if (!store.isInForce(each.rule)) continue;
    for (const { name, effect, settings } of effectsOf(each.rule.effect))
      if (effect.role === "ends") return { ...each, name, effect, settings };
  }
  return undefined;
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

/** The owners that were hit last are the last ones, and kept. */
function countOne(counts: Map<string, number>, owner: string): void {
  const count = counts.get(owner) ?? 0;
  counts.delete(owner);
  counts.set(owner, count + 1);
  const [oldest] = counts.keys();
  if (counts.size > countedOwners && oldest !== undefined) counts.delete(oldest);
}
