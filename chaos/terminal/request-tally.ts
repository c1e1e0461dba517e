import { isAcknowledged } from "../harness/history.ts";
import type { Op, Phase } from "../harness/history.ts";

/** Of so many of a phase's last answers. */
const latenciesKept = 400;

export interface RequestCounts {
  /** Answered or given up. */
  readonly done: number;
  readonly acknowledged: number;
  /** Reads that were answered. */
  readonly read: number;
  /** Answered, and neither acknowledged nor a read that succeeded. */
  readonly refused: number;
  /** Given up without an answer. */
  readonly unanswered: number;
  /** Milliseconds; undefined before the first answer. */
  readonly p99Ms: number | undefined;
}

/** Counts a growing history as it grows: each request is looked at once. */
export class RequestTally {
  #seen = 0;
  #phase: Phase | undefined;
  #counts = { done: 0, acknowledged: 0, read: 0, refused: 0, unanswered: 0 };
  #latencies: number[] = [];

  /** What the phase has so far. */
  count(ops: readonly Op[], phase: Phase): RequestCounts {
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#counts = { done: 0, acknowledged: 0, read: 0, refused: 0, unanswered: 0 };
      this.#latencies = [];
    }
    for (; this.#seen < ops.length; this.#seen += 1) this.#add(ops[this.#seen]);
    return { ...this.#counts, p99Ms: this.#p99() };
  }

  #add(op: Op | undefined): void {
    if (op?.phase !== this.#phase || op === undefined) return;
    this.#counts.done += 1;
    if (isAcknowledged(op)) this.#counts.acknowledged += 1;
    if (op.kind === "read" && op.type === "ok") this.#counts.read += 1;
    if (op.type === "fail" || op.type === "info")
      this.#counts[op.status === undefined ? "unanswered" : "refused"] += 1;
    this.#latencies.push(op.endMs - op.intendedMs);
    if (this.#latencies.length > 2 * latenciesKept)
      this.#latencies = this.#latencies.slice(-latenciesKept);
  }

  /** Nearest-rank, as in the table. */
  #p99(): number | undefined {
    const sorted = this.#latencies.slice(-latenciesKept).sort((a, b) => a - b);
    return sorted[Math.ceil(0.99 * sorted.length) - 1];
  }
}
