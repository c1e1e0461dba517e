import { isAws } from "./target.ts";
import type { Target } from "./target.ts";

/** How long things may take that are not measured, and how certain a sign must be. */
export interface Pace {
  /** For anything that the cloud is asked to do. */
  readonly deadlineMs: number;
  /** How long the queue must stay empty before a write that is not in the table counts as lost. */
  readonly settleMs: number;
  /** How long after the first look at the table the system may still do harm on its own. */
  readonly harmMs: number;
  /** The least that the queue is given to drain. */
  readonly drainDeadlineMs: number;
  /** A queue that has not become shorter for so long does not drain. */
  readonly stallMs: number;
  readonly queueIntervalMs: number;
  /** Probes in a row that must show an eventual fault, or its end. */
  readonly signsInARow: number;
}

const emulated: Pace = {
  deadlineMs: 20_000,
  settleMs: 2_000,
  harmMs: 6_000,
  drainDeadlineMs: 0,
  // A message whose function died comes back after the queue's visibility timeout of 60 s.
  stallMs: 65_000,
  queueIntervalMs: 50,
  signsInARow: 1,
};

/**
 * FIS needs minutes to start and undo, a fault spreads over the functions' environments one by one
 * (FIS User Guide: up to 60 s), and SQS's counts lag by about a minute (SQS API,
 * GetQueueAttributes). A message may wait 10 minutes for its next try.
 */
const aws: Pace = {
  deadlineMs: 10 * 60_000,
  settleMs: 60_000,
  harmMs: 60_000,
  stallMs: 11 * 60_000,
  drainDeadlineMs: 15 * 60_000,
  queueIntervalMs: 1_000,
  signsInARow: 20,
};

export function paceOf(target: Target): Pace {
  return isAws(target) ? aws : emulated;
}
