import type { Effect } from "../workload-contract.ts";
import type { Anomaly } from "../harness/anomaly.ts";
import { effectsOf } from "../harness/effects.ts";
import { isAcknowledged } from "../harness/history.ts";
import type { Op } from "../harness/history.ts";
import { isThere } from "../harness/judge/find-torn.ts";
import type { Shown } from "../harness/judge/find-torn.ts";
import { judgeWithTelling } from "../harness/judge/judge-run.ts";
import { isIn } from "../harness/stores.ts";
import type { StoreLook } from "../harness/stores.ts";
import type { KeyGroup } from "./fleet-history.ts";
import { narrowTo } from "./store-reader.ts";

export interface KeysInput {
  readonly groups: readonly KeyGroup[];
  /** What the stores had of these keys, each time. */
  readonly looks: readonly StoreLook[];
  readonly givenUp: ReadonlyMap<string, readonly Effect[]>;
  readonly ordered: boolean;
  readonly drained: boolean;
  /** How far the clocks of the processes may be off that of the looks, and so each other by twice as much. */
  readonly clockErrorMs: number;
}

export interface KeysResult {
  readonly anomalies: readonly Anomaly[];
  readonly reasons: readonly string[];
  /** Acknowledged writes each of which was able to show its loss. */
  readonly telling: readonly Op[];
}

/**
 * Judges keys as a drill does. Requests of a key that one process alone has sent were timed by one clock,
 * so their order is certain, and only the looks may lie elsewhere by the clocks' error. Where several have
 * sent them, each request may.
 */
export function judgeKeys(input: KeysInput): KeysResult {
  const isOneClock = ({ ops }: KeyGroup) => ops.every(({ part }) => part === ops[0]?.part);
  const { true: alone = [], false: shared = [] } = Object.groupBy(input.groups, (group) =>
    isOneClock(group) ? "true" : "false",
  );
  const { clockErrorMs } = input;
  const results = [
    ...(alone.length > 0
      ? [
          judge(
            {
              ...input,
              groups: alone,
              looks: input.looks.map((look) => widen(look, clockErrorMs)),
            },
            0,
          ),
        ]
      : []),
    ...(shared.length > 0 ? [judge({ ...input, groups: shared }, clockErrorMs)] : []),
  ];
  return {
    anomalies: results.flatMap(({ anomalies }) => anomalies),
    reasons: results.flatMap(({ reasons }) => reasons),
    telling: results.flatMap(({ telling }) => telling),
  };
}

function judge(
  { groups, looks, givenUp, ordered, drained }: KeysInput,
  clockErrorMs: number,
): KeysResult {
  const keys = groups.map(({ key }) => key);
  const { verdict, telling } = judgeWithTelling({
    history: groups.flatMap(({ ops }) => ops.map(({ op }) => op)),
    initial: {},
    looks: looks.map((look) => narrowTo(look, keys)),
    givenUp: keys.flatMap((key) => givenUp.get(key) ?? []),
    ...{ ordered, drained, clockErrorMs },
    // What the fault was to show, the whole history says.
    faultFired: true,
  });
  // That something is pending is said once, and not by each batch of keys.
  const reasons = verdict.reasons.filter((reason) => !/did not drain|still pending/.test(reason));
  return { ...verdict, reasons, telling };
}

function widen(look: StoreLook, byMs: number): StoreLook {
  return { ...look, startMs: look.startMs - byMs, endMs: look.endMs + byMs };
}

/** Larger bounds that are tried, in milliseconds. */
const bounds = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

/**
 * The least larger bound of the clocks' error under which a key of several processes would have no
 * anomaly; undefined where none explains it.
 */
export function explainingClockErrorMs(input: KeysInput, key: string): number | undefined {
  const groups = input.groups.filter((group) => group.key === key);
  const [group] = groups;
  if (!group || new Set(group.ops.map(({ part }) => part)).size < 2) return undefined;
  return bounds.find(
    (clockErrorMs) =>
      clockErrorMs > input.clockErrorMs &&
      judge({ ...input, groups }, clockErrorMs).anomalies.length === 0,
  );
}

/** Of writes with effects on several keys that were not acknowledged, what certainly shows or does not. */
export function partsShown({
  groups,
  looks,
}: KeysInput): { readonly op: Op; readonly shown: Shown }[] {
  const look = looks.at(-1);
  if (!look) return [];
  return groups.flatMap(({ ops }) =>
    ops.flatMap(({ op, isOneOfSeveral }) => {
      if (!isOneOfSeveral || isAcknowledged(op) || op.endMs >= look.startMs) return [];
      const others = ops.flatMap((each) => (each.op.index === op.index ? [] : [each.op]));
      return effectsOf(op).flatMap((effect) =>
        Object.keys(look.stores)
          .filter((store) => isIn(effect, store))
          .map((store) => {
            const at = { look, store, others, before: undefined };
            return { op, shown: { effect, store, isThere: isThere(op, effect, at) } };
          }),
      );
    }),
  );
}
