import type { Observation, Write } from "./key-history.ts";

/** Not required to be in the table, such as a write that ended in the dead-letter queue. */
export type IsExcused = (write: Write) => boolean;

/** What must have happened before the looks at the table, once the queue was empty. */
export interface Obligations {
  /** For each observation: what it shows was accepted at this time or later. */
  readonly acceptedSinceMs: readonly number[];
  /** By when a write was applied, if ever; Infinity when that is open. */
  appliedByMs(write: Write): number;
}

export const noObligations: Obligations = { acceptedSinceMs: [], appliedByMs: () => Infinity };

/** Whatever the queue took before a look began has been applied by then, for every later observer. */
export function toObligations(
  writes: readonly Write[],
  observations: readonly Observation[],
  isExcused: IsExcused,
): Obligations {
  const looks = observations
    .filter(({ look }) => look !== undefined)
    .sort((a, b) => a.sentMs - b.sentMs);
  const isOwed = (write: Write, look: Observation) =>
    write.type === "queued" && write.answeredMs < look.sentMs && !isExcused(write);
  const owedSinceMs = new Map(
    looks.map((look) => [look, writes.findLast((write) => isOwed(write, look))?.sentMs]),
  );
  return {
    acceptedSinceMs: observations.map(({ sentMs }) => {
      const look = looks.findLast((each) => each.sentMs <= sentMs);
      return (look && owedSinceMs.get(look)) ?? -Infinity;
    }),
    appliedByMs: (write) => {
      const look = looks.find((each) => isOwed(write, each));
      return look ? justBefore(look.sentMs) : Infinity;
    },
  };
}

/** The greatest number below: what happened before a look began did not happen while it lasted. */
function justBefore(time: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, time === 0 ? -Number.MIN_VALUE : time);
  if (time !== 0) bits.setBigInt64(0, bits.getBigInt64(0) + (time > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
