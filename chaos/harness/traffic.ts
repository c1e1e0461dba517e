import type { ExperimentLoad } from "./experiment.ts";
import { History, isAcknowledged } from "./history.ts";
import type { Op, Phase } from "./history.ts";
import { KeyPlan } from "./key-plan.ts";
import { Load } from "./load.ts";
import type { Random } from "./random.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import type { Workload } from "../workload-contract.ts";
import type { DeployedApp } from "./app.ts";
import { Recorder } from "./recorder.ts";
import { until } from "./until.ts";

const warmRequests = 24;

export interface TrafficOptions {
  readonly workload: Workload;
  readonly app: DeployedApp;
  readonly load: ExperimentLoad;
  /** Begins every key that is written. */
  readonly keyPrefix: string;
  /** What is written and read, and in which order, comes from these dice. */
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** All requests of one run to the application: its load, and single ones; each is recorded. */
export class Traffic {
  readonly history = new History();
  readonly #options: TrafficOptions;
  readonly #recorder: Recorder;
  readonly #load: Load;
  #sending: Promise<void> = Promise.resolve();
  #probes = 0;

  constructor(options: TrafficOptions) {
    this.#options = options;
    const { workload, app, load, keyPrefix, random, signal } = options;
    const { history } = this;
    const { timeoutMs } = load;
    this.#recorder = new Recorder({ workload, app, history, timeoutMs, signal });
    this.#load = new Load({
      recorder: this.#recorder,
      plan: new KeyPlan({
        ...{ prefix: keyPrefix, counts: load.keys, workload },
        random: random.fork("writes"),
      }),
      random: random.fork("reads"),
      reads: this.hasReads,
      signal,
    });
  }

  /** How many requests have been sent and are neither answered nor given up. */
  get inFlight(): number {
    return this.#recorder.inFlight;
  }

  get hasReads(): boolean {
    return this.#options.workload.read !== undefined;
  }

  /** @throws CannotRunError when the workload itself has failed */
  assertWorkloadWorks(): void {
    const { problem } = this.#recorder;
    if (problem) throw new CannotRunError(`The workload is wrong: ${problem.message}`);
  }

  /**
   * Waits for a write that goes straight in and a read that finds it, and then for as many at once as
   * the load may have in flight: the functions have their execution environments then.
   */
  async untilReady(deadlineMs: number): Promise<void> {
    const { signal } = this.#options;
    const { key } = await this.untilProbes("the application takes a write", isAcknowledged, {
      deadlineMs,
      inARow: 1,
    });
    if (this.hasReads) {
      await until("the application answers a read", () => this.read(key), {
        deadlineMs,
        accept: (op) => op.type === "ok",
        signal,
      });
      this.#load.allowReading(key);
    }
    await until(
      "the application answers several requests at once",
      () =>
        Promise.all(
          Array.from({ length: warmRequests }, (_, index) =>
            this.hasReads && index % 3 === 0
              ? this.read(key)
              : this.probe(`ready-${String(index)}`),
          ),
        ),
      {
        deadlineMs,
        accept: (ops) => ops.every((op) => op.type === "ok" || isAcknowledged(op)),
        signal,
      },
    );
  }

  /** Writes one key again and again until so many answers in a row are accepted. @returns the last of them */
  async untilProbes(
    what: string,
    accept: (op: Op) => boolean,
    { deadlineMs, inARow }: { readonly deadlineMs: number; readonly inARow: number },
  ): Promise<Op> {
    let accepted = 0;
    return until(
      what,
      async () => {
        const op = await this.probe();
        this.assertWorkloadWorks();
        accepted = accept(op) ? accepted + 1 : 0;
        return op;
      },
      { deadlineMs, accept: () => accepted >= inARow, signal: this.#options.signal },
    );
  }

  /** From now on requests belong to this phase. */
  enter(phase: Phase): void {
    this.#recorder.phase = phase;
  }

  /** Starts the load of the phase. */
  start(phase: Phase): void {
    this.enter(phase);
    const { load } = this.#options;
    const { backlog, durationMs } = load[phase];
    this.#sending = Promise.all([
      this.#load.send(phase, load[phase], durationMs),
      backlog && this.#load.sendBacklog(phase, backlog),
    ]).then(() => undefined);
    // Awaited by sent; until then a rejection has a handler.
    this.#sending.catch(() => undefined);
  }

  /** Resolves when the load that was started last has been sent. */
  sent(): Promise<void> {
    return this.#sending;
  }

  /** Writes every handover key for the last time. */
  handOver(): void {
    this.#load.handOver();
  }

  /** Resolves when every request of the load has been answered. */
  settle(deadlineMs: number): Promise<void> {
    return this.#load.settle(this.#options.load.timeoutMs + deadlineMs);
  }

  /** Sends a write that the load would not send. */
  write(write: unknown): Promise<Op> {
    return this.#recorder.write({ key: `${this.#options.keyPrefix}single`, write });
  }

  read(key: string): Promise<Op> {
    return this.#recorder.read(key);
  }

  async close(): Promise<void> {
    await this.#sending.catch(() => undefined);
  }

  private probe(name = "ready"): Promise<Op> {
    const { keyPrefix, workload } = this.#options;
    const key = `${keyPrefix}${name}`;
    return this.#recorder.write({ key, write: workload.next(key, ++this.#probes) });
  }
}
