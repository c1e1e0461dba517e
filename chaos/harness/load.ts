import { setTimeout as wait } from "node:timers/promises";
import { nowMs } from "./history.ts";
import type { Op } from "./history.ts";
import type { KeyPlan } from "./key-plan.ts";
import type { Recorder } from "./recorder.ts";
import { until } from "./until.ts";

export interface LoadRate {
  readonly writesPerSecond: number;
  readonly readsPerSecond: number;
}

/**
 * An open-loop load: requests are sent when the schedule says so, whether or not earlier ones have
 * been answered, and a request that is sent late counts its latency from when it was due. A slow
 * system thus cannot slow down its own measurement (coordinated omission).
 */
export class Load {
  readonly #recorder: Recorder;
  readonly #plan: KeyPlan;
  readonly #signal: AbortSignal | undefined;
  readonly #inFlight = new Set<Promise<Op>>();
  /** Keys that the database itself acknowledged, so that a read of them finds something. */
  readonly #readable = new Set<string>();
  #reads = 0;

  constructor(recorder: Recorder, plan: KeyPlan, signal?: AbortSignal) {
    this.#recorder = recorder;
    this.#plan = plan;
    this.#signal = signal;
  }

  /** Reads of the load go to such keys, and to those that the database acknowledges. */
  allowReading(key: string): void {
    this.#readable.add(key);
  }

  /** Sends at this rate for so long; does not wait for the answers. Rejects when aborted. */
  async send(rate: LoadRate, durationMs: number): Promise<void> {
    const startMs = nowMs();
    const endMs = startMs + durationMs;
    const writes = new Schedule(rate.writesPerSecond, startMs);
    const reads = new Schedule(rate.readsPerSecond, startMs);
    for (;;) {
      this.#signal?.throwIfAborted();
      const dueMs = Math.min(writes.nextMs, reads.nextMs, endMs);
      const aheadMs = dueMs - nowMs();
      if (aheadMs > 0) await wait(aheadMs, undefined, abortable(this.#signal));
      const passedMs = Math.min(nowMs(), endMs);
      for (const intendedMs of writes.take(passedMs)) this.write(intendedMs);
      for (const intendedMs of reads.take(passedMs)) this.read(intendedMs);
      if (passedMs >= endMs) return;
    }
  }

  /** Writes every handover key that has no write in flight, all at once, for the last time. */
  handOver(): void {
    const intendedMs = nowMs();
    for (const product of this.#plan.handOver((key) => !this.#recorder.isWriting(key)))
      this.track(this.#recorder.write(product, intendedMs));
  }

  /** Resolves when every request has been answered. */
  async settle(deadlineMs: number): Promise<void> {
    await until("every request has been answered", () => this.#inFlight.size, {
      deadlineMs,
      accept: (inFlight) => inFlight === 0,
      signal: this.#signal,
    });
  }

  private write(intendedMs: number): void {
    this.track(this.#recorder.write(this.#plan.next(), intendedMs));
  }

  private read(intendedMs: number): void {
    const keys = [...this.#readable];
    const key = keys[this.#reads++ % keys.length];
    if (key !== undefined) this.track(this.#recorder.read(key, intendedMs));
  }

  private track(request: Promise<Op>): void {
    this.#inFlight.add(request);
    void request.then((op) => {
      this.#inFlight.delete(request);
      if (op.kind === "write" && op.type === "ok") this.#readable.add(op.key);
    });
  }
}

/** Points in time at a steady rate, none when the rate is 0. */
class Schedule {
  nextMs: number;
  readonly #stepMs: number;

  constructor(perSecond: number, startMs: number) {
    this.#stepMs = perSecond > 0 ? 1000 / perSecond : Infinity;
    this.nextMs = perSecond > 0 ? startMs : Infinity;
  }

  *take(untilMs: number): Generator<number> {
    while (this.nextMs <= untilMs) {
      yield this.nextMs;
      this.nextMs += this.#stepMs;
    }
  }
}

function abortable(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
