import type { Effect, Found } from "../../workload-contract.ts";
import type { Anomaly, AnomalyKind } from "../anomaly.ts";
import { toText } from "../effects.ts";
import { isAcknowledged } from "../history.ts";
import type { Op } from "../history.ts";
import { writesAround } from "../writes-around.ts";

/** One effect of a write on the key that is judged. */
export interface KeyWrite<E extends Effect = Effect> {
  readonly op: Op;
  readonly effect: E;
  readonly sentMs: number;
  readonly answeredMs: number;
}

/** What a read or a look showed of a counter or a list. */
export interface KeySight {
  readonly found: Found;
  readonly sentMs: number;
  readonly answeredMs: number;
  /** The read; absent for a look. */
  readonly op?: Op;
  /** Which look it was, from 0 on; absent for a read. */
  readonly look?: number;
}

/** What happened to one counter or list in one store. */
export interface KeyRecord<E extends Effect = Effect> {
  readonly key: string;
  readonly store: string;
  readonly initial: Found;
  /** Writes that may have been accepted, in the order in which they were sent. */
  readonly writes: readonly KeyWrite<E>[];
  /** In the order in which they ended. */
  readonly sights: readonly KeySight[];
  /** Of this key, and given up on. */
  readonly givenUp: readonly Effect[];
  /** Whether nothing was pending before the looks. */
  readonly drained: boolean;
  readonly ordered: boolean;
}

/** Whether an acknowledged write had to show in what was seen. */
export function isDue({ op, answeredMs }: KeyWrite, sight: KeySight, drained: boolean): boolean {
  if (!isAcknowledged(op) || answeredMs >= sight.sentMs) return false;
  return op.type === "ok" || (sight.look !== undefined && drained);
}

/** Whether a write may show in what was seen. */
export function isPossible({ sentMs }: KeyWrite, sight: KeySight): boolean {
  return sentMs <= sight.answeredMs;
}

export function anomalyOf(
  { key, writes, sights }: KeyRecord,
  kind: AnomalyKind,
  message: string,
  { sight, expected }: { readonly sight?: KeySight; readonly expected?: KeyWrite | undefined } = {},
): Anomaly {
  return {
    kind,
    key,
    message,
    ...(expected && { expected: expected.op }),
    ...(sight?.op && { read: sight.op }),
    looks: sights.flatMap(({ look, found }) => {
      const value = toText(found);
      return look === undefined ? [] : [value === undefined ? {} : { value }];
    }),
    writes: writesAround(
      writes.map(({ op }) => op),
      (expected ?? sight)?.sentMs,
    ),
  };
}
