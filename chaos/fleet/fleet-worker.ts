import { createHash, randomBytes } from "node:crypto";
import { CannotRunError } from "../cannot-run-error.ts";
import { nowMs } from "../harness/history.ts";
import { Load } from "../harness/load.ts";
import { Random } from "../harness/random.ts";
import { Recorder } from "../harness/recorder.ts";
import type { Placement } from "../harness/stores.ts";
import type { Stack } from "../harness/stack.ts";
import type { Workload } from "../workload-contract.ts";
import { machineId } from "./clock-error.ts";
import { FleetPlan } from "./fleet-plan.ts";
import { HistoryFile } from "./history-file.ts";
import { historyFormat } from "./history-line.ts";

/** For so long the same keys are written; what a worker remembers of keys does not grow with its run. */
const generationMs = 10_000;
/** The most writes of a turn that wait for each other, and the time that the last needs beyond its timeout. */
const stepsOfTurn = 5;
const settleMs = 5_000;

export interface FleetWorkerOptions {
  readonly stack: Stack;
  readonly workload: Workload;
  /** From 1 on; no two processes of one fleet have the same. */
  readonly worker: number;
  /** More than any worker's number may be where nobody counts them. */
  readonly workers: number;
  /** Default: `worker/workers`. */
  readonly name?: string;
  readonly seed: string;
  /** File that must not exist. */
  readonly history: string;
  readonly timeoutMs: number;
  readonly sharedKeys: number;
  readonly writesPerSecond?: number;
  readonly readsPerSecond?: number;
  readonly placement?: Placement | undefined;
  readonly signal: AbortSignal;
}

/** One of the processes that send a workload, with its history. */
export class FleetWorker {
  readonly recorder: Recorder;
  readonly #options: FleetWorkerOptions;
  readonly #history: HistoryFile;
  readonly #broken: AbortController;
  readonly #prefix: string;
  readonly #random: Random;
  readonly #signal: AbortSignal;
  readonly #sharedWritten = new Map<string, number>();
  #generations = 0;
  #current: { readonly load: Load; readonly untilMs: number } | undefined;

  private constructor(
    options: FleetWorkerOptions,
    history: HistoryFile,
    broken: AbortController,
    prefix: string,
  ) {
    this.#options = options;
    this.#history = history;
    this.#broken = broken;
    this.#prefix = prefix;
    this.#random = new Random(`${options.seed}/worker ${String(options.worker)}`);
    this.#signal = AbortSignal.any([options.signal, broken.signal]);
    this.recorder = new Recorder({
      workload: options.workload,
      app: options.stack.app,
      history,
      timeoutMs: options.timeoutMs,
      signal: this.#signal,
    });
  }

  /** @throws CannotRunError when the history cannot be written */
  static async start(options: FleetWorkerOptions): Promise<FleetWorker> {
    const { worker, workers, seed, writesPerSecond, readsPerSecond, placement } = options;
    const id = randomBytes(6).toString("hex");
    // Of this process alone, so that one that is started again does not meet the keys of the former.
    const prefix = `fleet-${markOf(seed)}-${String(worker)}-${id.slice(0, 6)}-`;
    const broken = new AbortController();
    const history = await HistoryFile.create(
      options.history,
      {
        ...{ format: historyFormat, version: 1, id, seed },
        worker: options.name ?? `${String(worker)}/${String(workers)}`,
        keyPrefix: prefix,
        machine: machineId(),
        startMs: nowMs(),
        ...(writesPerSecond !== undefined && { writesPerSecond }),
        ...(readsPerSecond !== undefined && { readsPerSecond }),
        ...(placement && { placement }),
      },
      (problem) => {
        broken.abort(problem);
      },
    );
    return new FleetWorker(options, history, broken, prefix);
  }

  get requests(): number {
    return this.#history.requests;
  }

  /** Aborted when nothing is to be sent any more. */
  get signal(): AbortSignal {
    return this.#signal;
  }

  /** A load with keys that have not been written yet, beside those that all workers share. */
  nextGeneration(writesPerSecond: number): Load {
    const { workload, worker, workers, seed, sharedKeys } = this.#options;
    const generation = String(this.#generations++);
    const random = this.#random.fork(generation);
    // So many that a key is written several times, and no key most of the time.
    const many = Math.max(6, Math.round(writesPerSecond / 5));
    const plan = new FleetPlan(
      {
        prefix: `${this.#prefix}${generation}-`,
        counts: { hot: many, handover: many, faultOnly: many },
        random: random.fork("writes"),
        workload,
      },
      { prefix: `fleet-${markOf(seed)}-shared-`, count: sharedKeys, worker, workers },
      this.#sharedWritten,
    );
    return new Load({
      recorder: this.recorder,
      plan,
      random: random.fork("reads"),
      reads: workload.read !== undefined,
      signal: this.#signal,
    });
  }

  /**
   * Sends for so long, and waits for the answers.
   *
   * @throws the signal's reason when aborted, CannotRunError when the workload or the disk fails
   */
  async send(
    rate: { readonly writesPerSecond: number; readonly readsPerSecond: number },
    durationMs: number,
  ): Promise<void> {
    const endMs = nowMs() + durationMs;
    const settling = new Set<Promise<void>>();
    for (let leftMs = durationMs; leftMs > 0; leftMs = endMs - nowMs()) {
      const load = this.nextGeneration(rate.writesPerSecond);
      await load.send("during", rate, Math.min(leftMs, generationMs));
      this.assertWorks();
      load.handOver();
      const settled = load.settle(stepsOfTurn * this.#options.timeoutMs + settleMs);
      settled.catch(() => undefined);
      settling.add(settled);
      void settled.finally(() => settling.delete(settled)).catch(() => undefined);
    }
    await Promise.all(settling);
    this.assertWorks();
  }

  /** @throws CannotRunError */
  assertWorks(): void {
    const { problem } = this.recorder;
    if (problem) throw new CannotRunError(`The workload is wrong: ${problem.message}`);
    if (this.#broken.signal.aborted) throw this.#broken.signal.reason as Error;
  }

  /**
   * Sends one turn of the keys of the moment, and waits for its answers; for engines that have a clock of
   * their own. Now and then a key is read.
   *
   * @throws as `send` does
   */
  async sendTurn(writesPerSecond: number, reads: number): Promise<void> {
    const nowAtMs = nowMs();
    if (!this.#current || nowAtMs >= this.#current.untilMs) {
      this.#current?.load.handOver();
      this.#current = {
        load: this.nextGeneration(writesPerSecond),
        untilMs: nowAtMs + generationMs,
      };
    }
    const { load } = this.#current;
    await load.sendBacklog("during", { writes: 1, concurrency: 1 });
    if (this.#options.workload.read && this.#random.chance(reads)) load.read(nowMs());
    this.assertWorks();
  }

  /** Says in the history that all has ended that was sent so far. */
  async settle(): Promise<void> {
    this.#current?.load.handOver();
    this.#current = undefined;
    await this.#history.settle();
  }

  /** Ends the history in order, once what is on its way has been recorded. */
  async close(): Promise<void> {
    await this.#history.close();
  }
}

function markOf(seed: string): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, 6);
}
