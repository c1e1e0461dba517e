import type { ExperimentLoad } from "./experiment.ts";
import { History, isAcknowledged } from "./history.ts";
import type { Op, Phase } from "./history.ts";
import { KeyPlan } from "./key-plan.ts";
import { Load } from "./load.ts";
import { ProductApi } from "./product-api.ts";
import type { Product } from "./product.ts";
import type { Random } from "./random.ts";
import { Recorder } from "./recorder.ts";
import { isAws } from "./target.ts";
import type { Target } from "./target.ts";
import { until } from "./until.ts";

const warmRequests = 24;

export interface TrafficOptions {
  readonly target: Target;
  readonly load: ExperimentLoad;
  /** Begins the key of every product that is written. */
  readonly keyPrefix: string;
  /** What is written and read, and in which order, comes from these dice. */
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** All requests of one run to the product API: its load, and single ones; each is recorded. */
export class Traffic {
  readonly history = new History();
  readonly #options: TrafficOptions;
  readonly #api: ProductApi;
  readonly #recorder: Recorder;
  readonly #load: Load;
  #sending: Promise<void> = Promise.resolve();
  #probes = 0;

  constructor(options: TrafficOptions) {
    this.#options = options;
    const { target, load, keyPrefix, random, signal } = options;
    this.#api = new ProductApi({
      url: target.outputs.productApiUrl,
      endpoint: target.endpoint,
      timeoutMs: load.timeoutMs,
    });
    this.#recorder = new Recorder(this.#api, this.history, signal);
    this.#load = new Load({
      recorder: this.#recorder,
      plan: new KeyPlan(keyPrefix, load.keys, random.fork("writes")),
      random: random.fork("reads"),
      signal,
    });
  }

  /**
   * Waits for a write that goes straight in and a read that finds it, and then for as many at once as
   * the load may have in flight: the functions have their execution environments then.
   */
  async untilReady(deadlineMs: number): Promise<void> {
    const { keyPrefix, signal } = this.#options;
    await this.untilProbes("the application takes a write", isAcknowledged, {
      deadlineMs,
      inARow: 1,
    });
    const key = `${keyPrefix}ready`;
    await until("the application answers a read", () => this.read(key), {
      deadlineMs,
      accept: (op) => op.type === "ok",
      signal,
    });
    this.#load.allowReading(key);
    await until(
      "the application answers several requests at once",
      () =>
        Promise.all(
          Array.from({ length: warmRequests }, (_, index) =>
            index % 3 === 0 ? this.read(key) : this.probe(`ready-${String(index)}`),
          ),
        ),
      {
        deadlineMs,
        accept: (ops) => ops.every((op) => op.type === "ok" || isAcknowledged(op)),
        signal,
      },
    );
  }

  /** Writes one product again and again until so many answers in a row are accepted. */
  async untilProbes(
    what: string,
    accept: (op: Op) => boolean,
    { deadlineMs, inARow }: { readonly deadlineMs: number; readonly inARow: number },
  ): Promise<void> {
    let accepted = 0;
    await until(
      what,
      async () => {
        const op = await this.probe();
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

  /** Under an id of this run on AWS: a product of the same id there would be written over. */
  own(product: Product): Product {
    const { target, keyPrefix } = this.#options;
    return isAws(target) ? { ...product, id: `${keyPrefix}${product.id}` } : product;
  }

  write(product: Product): Promise<Op> {
    return this.#recorder.write(product);
  }

  read(id: string): Promise<Op> {
    return this.#recorder.read(id);
  }

  async close(): Promise<void> {
    await this.#sending.catch(() => undefined);
    await this.#api.close();
  }

  private probe(name = "ready"): Promise<Op> {
    return this.write({
      id: `${this.#options.keyPrefix}${name}`,
      name: "Drill product ready",
      price: 1,
      description: `Is the application there? Probe ${String(this.#probes++)}`,
    });
  }
}
