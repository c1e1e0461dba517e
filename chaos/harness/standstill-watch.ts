import { createHistogram } from "node:perf_hooks";

/** A time in which this process did not run, though it wanted to. */
export interface Standstill {
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Milliseconds on a monotonic clock. */
  readonly durationMs: number;
}

export interface StandstillReport {
  readonly standstills: readonly Standstill[];
  /** Milliseconds between the start of the watch and this report. */
  readonly watchedMs: number;
  /** 0 to 1: how much of the watched time the standstills are. */
  readonly lostShare: number;
  /** By how many milliseconds the event loop was late for one turn in a hundred or more. */
  readonly delayP99Ms: number;
}

export interface StandstillWatchOptions {
  readonly intervalMs?: number;
  /** Delays above this are standstills; in milliseconds. */
  readonly gapMs?: number;
}

/**
 * Notices when this process stood still: it was stopped (SIGSTOP), the machine slept or was overloaded,
 * or its own event loop was blocked. A load generator that stood still has measured itself.
 */
export class StandstillWatch implements Disposable {
  readonly #standstills: Standstill[] = [];
  readonly #delaysUs = createHistogram();
  readonly #intervalMs: number;
  readonly #gapMs: number;
  readonly #startedMs = performance.now();
  readonly #timer: NodeJS.Timeout;
  #lastMs = performance.now();
  #lastEpochMs = Date.now();

  constructor({ intervalMs = 100, gapMs = 1_000 }: StandstillWatchOptions = {}) {
    this.#intervalMs = intervalMs;
    this.#gapMs = gapMs;
    this.#timer = setInterval(() => {
      this.#look();
    }, intervalMs).unref();
  }

  /** What was seen so far. */
  report(): StandstillReport {
    this.#look(true);
    const watchedMs = performance.now() - this.#startedMs;
    const lostMs = this.#standstills.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const isEmpty = this.#delaysUs.count === 0;
    return {
      standstills: [...this.#standstills],
      watchedMs,
      lostShare: watchedMs > 0 ? Math.min(1, lostMs / watchedMs) : 0,
      delayP99Ms: isEmpty ? 0 : this.#delaysUs.percentile(99) / 1000,
    };
  }

  /** Ends the watch; a report can still be had. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** A report that is asked for between two turns sees only the standstill, not the turn's delay. */
  #look(isBetweenTurns = false): void {
    const nowMs = performance.now();
    const gapMs = nowMs - this.#lastMs;
    if (isBetweenTurns && gapMs <= this.#gapMs) return;
    const delayMs = Math.max(0, gapMs - this.#intervalMs);
    this.#delaysUs.record(Math.max(1, Math.round(delayMs * 1000)));
    const epochMs = Date.now();
    if (gapMs > this.#gapMs)
      this.#standstills.push({ fromMs: this.#lastEpochMs, toMs: epochMs, durationMs: gapMs });
    this.#lastMs = nowMs;
    this.#lastEpochMs = epochMs;
  }
}

/**
 * Such as "The harness stood still from 2026-01-31T12:00:00.000Z to 2026-01-31T12:00:20.000Z (20.0 s)
 * and lost 41 % of its time."; undefined when it did not.
 */
export function describeStandstills({
  standstills,
  lostShare,
}: StandstillReport): string | undefined {
  if (standstills.length === 0) return undefined;
  const each = standstills.map(
    ({ fromMs, toMs, durationMs }) =>
      `from ${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()} (${(durationMs / 1000).toFixed(1)} s)`,
  );
  return `The harness stood still ${each.join(", ")} and lost ${String(Math.round(lostShare * 100))} % of its time.`;
}
