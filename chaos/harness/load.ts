import { setTimeout as wait } from "node:timers/promises";
import { nowMs } from "./history.ts";
import type { Op, Phase } from "./history.ts";
import type { KeyPlan, Turn } from "./key-plan.ts";
import type { Random } from "./random.ts";
import type { Recorder } from "./recorder.ts";
import { until } from "./until.ts";

export interface LoadOptions {
  readonly recorder: Recorder;
  readonly plan: KeyPlan;
  /** Picks what is read. */
  readonly random: Random;
  /** Whether the workload has reads. */
  readonly reads: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface LoadRate {
  readonly writesPerSecond: number;
  readonly readsPerSecond: number;
}

/** Writes that are sent as fast as they are answered. */
export interface Backlog {
  readonly writes: number;
  /** The most that are in flight at a time. */
  readonly concurrency: number;
}

/** Of the reads, those of a key that was acknowledged a moment ago. */
const readBackShare = 0.6;
const freshKeys = 20;

/**
 * An open-loop load: requests are sent when the schedule says so, whether or not earlier ones have
 * been answered, and a request that is sent late counts its latency from when it was due. A slow
 * system thus cannot slow down its own measurement (coordinated omission).
 */
export class Load {
  readonly #recorder: Recorder;
  readonly #plan: KeyPlan;
  readonly #reads: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #random: Random;
  readonly #inFlight = new Set<Promise<unknown>>();
  /** Keys that the database itself acknowledged, so that a read of them finds something. */
  readonly #readable = new Set<string>();
  /** The same, to pick from: a copy for each read would take longer and longer. */
  readonly #readableKeys: string[] = [];
  /** Those of them that were acknowledged last: they are read back first. */
  #fresh: string[] = [];
  /** Writes that were sent without having been due: turns of several send some, so do backlogs. */
  #ahead = 0;

  constructor({ recorder, plan, random, reads, signal }: LoadOptions) {
    this.#reads = reads;
    this.#recorder = recorder;
    this.#plan = plan;
    this.#random = random;
    this.#signal = signal;
  }

  /** Reads of the load go to such keys, and to those that the database acknowledges. */
  allowReading(key: string): void {
    if (this.#readable.has(key)) return;
    this.#readable.add(key);
    this.#readableKeys.push(key);
  }

  /**
   * Sends at this rate for so long; does not wait for the answers. Writes that one turn sends after
   * one another count, too.
   *
   * @param phase says which keys are written
   * @throws the signal's reason when aborted
   */
  async send(phase: Phase, rate: LoadRate, durationMs: number): Promise<void> {
    const startMs = nowMs();
    const endMs = startMs + durationMs;
    const writes = new Schedule(rate.writesPerSecond, startMs);
    const reads = new Schedule(this.#reads ? rate.readsPerSecond : 0, startMs);
    for (;;) {
      this.#signal?.throwIfAborted();
      const dueMs = Math.min(writes.nextMs, reads.nextMs, endMs);
      const aheadMs = dueMs - nowMs();
      if (aheadMs > 0) await wait(aheadMs, undefined, abortable(this.#signal));
      const passedMs = Math.min(nowMs(), endMs);
      for (const intendedMs of writes.take(passedMs)) this.write(phase, intendedMs);
      for (const intendedMs of reads.take(passedMs)) this.read(intendedMs);
      if (passedMs >= endMs) return;
    }
  }

  /**
   * Sends so many writes, the next one when one of them has been answered. Resolves when all have
   * been.
   */
  async sendBacklog(phase: Phase, { writes, concurrency }: Backlog): Promise<void> {
    let left = writes;
    const worker = async () => {
      while (left > 0) {
        this.#signal?.throwIfAborted();
        const turn = this.#plan.next(phase);
        left -= turn.flat().length;
        await this.sendTurn(turn, nowMs());
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
  }

  /** Writes every handover key that has no write in flight, all at once, for the last time. */
  handOver(): void {
    const intendedMs = nowMs();
    for (const write of this.#plan.handOver((key) => !this.#recorder.isWriting(key)))
      this.track(this.sendTurn([[write]], intendedMs));
  }

  /** Resolves when every request has been answered. */
  async settle(deadlineMs: number): Promise<void> {
    await until("every request has been answered", () => this.#inFlight.size, {
      deadlineMs,
      accept: (inFlight) => inFlight === 0,
      signal: this.#signal,
    });
  }

  private write(phase: Phase, intendedMs: number): void {
    if (this.#ahead > 0) {
      this.#ahead -= 1;
      return;
    }
    this.track(this.sendTurn(this.#plan.next(phase), intendedMs));
    // This one was due.
    this.#ahead -= 1;
  }

  private async sendTurn(turn: Turn, intendedMs: number): Promise<void> {
    let dueMs = intendedMs;
    for (const step of turn) {
      if (this.#signal?.aborted) return;
      this.#ahead += step.length;
      const ops = await Promise.all(step.map((write) => this.#recorder.write(write, dueMs)));
      for (const op of ops) this.noteReadable(op);
      // Whoever has had no answer does not go on as if there had been one.
      if (ops.some(({ type }) => type === "info")) return;
      dueMs = nowMs();
    }
  }

  /** Reads a key that was acknowledged, the last ones first; does not wait for the answer. */
  read(intendedMs: number): void {
    const fresh = this.#random.chance(readBackShare) ? this.#fresh.pop() : undefined;
    const keys = this.#readableKeys;
    const key = fresh ?? (keys.length > 0 ? this.#random.pick(keys) : undefined);
    if (key !== undefined) this.track(this.#recorder.read(key, intendedMs));
  }

  /** A read after a write that was not answered may prove that it has taken effect. */
  private noteReadable(op: Op): void {
    if (op.type === "ok") this.allowReading(op.key);
    else if (op.type !== "info" || !this.#readable.has(op.key)) return;
    this.#fresh = [...this.#fresh.slice(-freshKeys), op.key];
  }

  private track(request: Promise<unknown>): void {
    this.#inFlight.add(request);
    void request.finally(() => this.#inFlight.delete(request));
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
