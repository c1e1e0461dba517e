import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../../log.ts";

const firstBackoffMs = 100;
const longestBackoffMs = 2_000;

/** Runs calls, and waits longer after each failure in a row. */
export class BackOff {
  readonly #log: Log;
  readonly #sourceArn: string;
  #failures = 0;

  constructor(log: Log, sourceArn: string) {
    this.#log = log;
    this.#sourceArn = sourceArn;
  }

  /** What a call answers; `undefined`, after a while, where it failed or `signal` aborts. */
  async attempt<T>(
    what: string,
    run: () => Promise<T>,
    signal: AbortSignal,
    failed?: (error: unknown) => void,
  ): Promise<T | undefined> {
    try {
      const result = await run();
      this.#failures = 0;
      return result;
    } catch (error) {
      if (signal.aborted) return undefined;
      failed?.(error);
      const message = error instanceof Error ? error.message : String(error);
      await this.wait(signal, { call: what, error: message }, ++this.#failures);
      return undefined;
    }
  }

  /** Waits after so many failures in a row; longer than after the one before. */
  async wait(
    signal: AbortSignal,
    facts: Readonly<Record<string, unknown>>,
    failures: number,
  ): Promise<void> {
    const waitMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (failures - 1));
    this.#log({
      event: "event-source-mapping-failed",
      source: this.#sourceArn,
      ...facts,
      retryInMs: waitMs,
    });
    await delay(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
