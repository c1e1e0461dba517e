import type { Op } from "./history.ts";

/** What can be wrong with a history, the gravest first; docs/history-model.md defines each. */
export const anomalyKinds = [
  "lost",
  "dead-lettered",
  "stale",
  "late-overwrite",
  "vanished-item",
  "torn",
  "duplicated",
  "reordered",
  "phantom",
  "untouched-changed",
  "false-acknowledgement",
  "stale-read",
  "non-monotonic-read",
  "future-read",
] as const;

export type AnomalyKind = (typeof anomalyKinds)[number];

export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly key: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** The write that ought to have been shown, or that should not have been acknowledged. */
  readonly expected?: Op;
  /** How many writes it is about, at least: of a counter, which does not say which. Default: 1. */
  readonly atLeast?: number;
  /** The read that showed something else; absent where a look at the table did. */
  readonly read?: Op;
  /** What each look at the table showed of the key; empty when the table was not read. */
  readonly looks: readonly Shown[];
  /** The writes of the key in the order in which they were sent: all, or those about the time of it. */
  readonly writes: readonly Op[];
}

/** Without a value there was no such item. */
export interface Shown {
  readonly value?: string;
}

export type AnomalyCounts = Readonly<Record<AnomalyKind, number>>;

/** Writes, or reads, of each kind. */
export function countByKind(
  anomalies: readonly Pick<Anomaly, "kind" | "atLeast">[],
): AnomalyCounts {
  const counts = Object.fromEntries(anomalyKinds.map((kind) => [kind, 0])) as Record<
    AnomalyKind,
    number
  >;
  for (const { kind, atLeast = 1 } of anomalies) counts[kind] += atLeast;
  return counts;
}
