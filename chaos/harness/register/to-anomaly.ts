import type { Anomaly, AnomalyKind } from "../anomaly.ts";
import { writesAround } from "../writes-around.ts";
import type { KeyHistory, Observation, Write } from "./key-history.ts";

export interface Finding {
  readonly kind: AnomalyKind;
  readonly message: string;
  /** The observation that does not fit. */
  readonly seen?: Observation;
  readonly expected?: Write | undefined;
}

export function toAnomaly(
  { key, writes, looks }: KeyHistory,
  { kind, message, seen, expected }: Finding,
): Anomaly {
  return {
    kind,
    key,
    message,
    ...(expected && { expected: expected.op }),
    ...(seen?.op && { read: seen.op }),
    looks: looks.map((value) => (value === undefined ? {} : { value })),
    writes: writesAround(
      writes.map(({ op }) => op),
      (expected ?? seen)?.op?.invokeMs,
    ),
  };
}

/** The write by the answer that its sender was given. */
export function nameWrite({ op }: Write): string {
  return `the write acknowledged by "${(op.body ?? op.type).trim()}"`;
}
