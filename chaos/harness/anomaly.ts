import type { Op } from "./history.ts";

/**
 * - `lost`: acknowledged, and nowhere.
 * - `dead-lettered`: acknowledged, and only in the dead-letter queue.
 * - `stale`: an older write has won over a newer acknowledged one.
 * - `phantom`: a value that nobody sent, or that was refused.
 * - `false-acknowledgement`: acknowledged while nothing could hold it.
 */
export type AnomalyKind = "lost" | "dead-lettered" | "stale" | "phantom" | "false-acknowledgement";

export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly key: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** The write that the table ought to show. */
  readonly expected?: Op;
  /** What the table has, or what a read saw; absent when it has nothing. */
  readonly found?: string;
  /** Every write of the key, in the order in which they were sent. */
  readonly writes: readonly Op[];
}
