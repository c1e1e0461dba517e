import { setTimeout as wait } from "node:timers/promises";
import type { StoreLook } from "./stores.ts";
import { orAbort } from "./until.ts";

/** What was missing in the stores when they were read. Epoch milliseconds. */
export interface DebtSample {
  readonly startMs: number;
  readonly endMs: number;
  /** Acknowledged writes that the stores did not show. */
  readonly missing: number;
}

export interface StoreWatchOptions {
  look(signal: AbortSignal): Promise<StoreLook>;
  count(look: StoreLook): number;
  /** The least time between two looks. */
  readonly intervalMs: number;
}

/** Looks take at most this share of the time, so that what is watched is not slowed down by it. */
const shareOfTime = 0.05;
/** A look that hangs must not hold up the run. */
const lookTimeoutMs = 2_000;

/** Counts what is missing in the stores until it is closed. Looks that fail give no sample. */
export class StoreWatch {
  readonly samples: DebtSample[] = [];
  readonly #closing = new AbortController();
  readonly #done: Promise<void>;

  constructor(options: StoreWatchOptions) {
    this.#done = this.#watch(options);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#done;
  }

  async #watch({ look, count, intervalMs }: StoreWatchOptions): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const startedMs = performance.now();
      const timeout = AbortSignal.any([signal, AbortSignal.timeout(lookTimeoutMs)]);
      const found = await orAbort(look(timeout), timeout).catch(() => undefined);
      if (found && !signal.aborted)
        this.samples.push({ startMs: found.startMs, endMs: found.endMs, missing: count(found) });
      const tookMs = performance.now() - startedMs;
      await wait(Math.max(intervalMs, tookMs / shareOfTime), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }
}
