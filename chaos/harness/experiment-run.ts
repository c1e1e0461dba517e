import { randomBytes } from "node:crypto";
import type { CheckContext } from "./check-context.ts";
import { checkRun } from "./check-run.ts";
import type { Verdict } from "./checker.ts";
import type { Experiment } from "./experiment.ts";
import { History, nowMs } from "./history.ts";
import type { Op, Phase } from "./history.ts";
import type { Injection, InjectionEnd } from "./injector.ts";
import { KeyPlan } from "./key-plan.ts";
import { summarizeLatency } from "./latency-summary.ts";
import type { LatencySummary } from "./latency-summary.ts";
import { Load } from "./load.ts";
import type { Item } from "./probes/scan-table.ts";
import { ProductApi } from "./product-api.ts";
import type { Product } from "./product.ts";
import { firstDirectWriteMs, untilEmpty } from "./recovery.ts";
import type { QueueWatch } from "./queue-watch.ts";
import { Recorder } from "./recorder.ts";
import { Stack } from "./stack.ts";
import { NotHeldError, UndecidedError } from "./step-errors.ts";
import type { Target } from "./target.ts";
import { until } from "./until.ts";
import { Windows } from "./windows.ts";

/** How long anything that is not measured may take. */
const deadlineMs = 20_000;
/** How long the queue must stay empty before a write that is not in the table counts as lost. */
const settleMs = 2_000;

/** One run of one experiment on one stack. `stepsOf` says in which order its methods are called. */
export class ExperimentRun implements CheckContext {
  readonly experiment: Experiment;
  readonly target: Target;
  readonly keyPrefix: string;
  readonly history = new History();
  readonly windows = new Windows();
  readonly stack: Stack;
  injection: Injection | undefined;
  injectionEnd: InjectionEnd | undefined;
  recoveryMs: number | undefined;
  queueWatch: QueueWatch | undefined;
  readonly #api: ProductApi;
  readonly #recorder: Recorder;
  readonly #load: Load;
  readonly #abort = new AbortController();
  #sending: Promise<void> = Promise.resolve();
  #initialItems: ReadonlyMap<string, Item> = new Map();
  #drained = false;
  #verdict: Verdict | undefined;

  constructor(experiment: Experiment, target: Target) {
    this.experiment = experiment;
    this.target = target;
    this.keyPrefix = `${experiment.name}-${randomBytes(3).toString("hex")}-`;
    const { endpoint, outputs } = target;
    this.stack = new Stack(target, deadlineMs);
    this.#api = new ProductApi({
      url: outputs.productApiUrl,
      endpoint,
      timeoutMs: experiment.load.timeoutMs,
    });
    this.#recorder = new Recorder(this.#api, this.history, this.signal);
    const plan = new KeyPlan(this.keyPrefix, experiment.load.keys);
    this.#load = new Load(this.#recorder, plan, this.signal);
  }

  /** Aborted once the run is interrupted or over. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Waits for a write that goes straight in and a read that finds it; both functions are warm then. */
  async begin(): Promise<void> {
    this.#initialItems = await this.scan();
    const ready = { id: `${this.keyPrefix}ready`, name: "Drill product ready", price: 1 };
    await until(
      "the application takes a write",
      () => this.#recorder.write({ ...ready, description: "Is the application there?" }),
      { deadlineMs, accept: (op) => op.type === "ok", signal: this.signal },
    );
    await until("the application answers a read", () => this.#recorder.read(ready.id), {
      deadlineMs,
      accept: (op) => op.type === "ok",
      signal: this.signal,
    });
    this.#load.allowReading(ready.id);
    this.windows.startMs = nowMs();
    this.startSending("before");
  }

  /** Resolves when the load of this phase has been sent. */
  async finishSending(): Promise<string> {
    await this.#sending;
    return `${String(this.history.ops.length)} requests so far`;
  }

  async inject(): Promise<string> {
    const template = this.template;
    if (!template)
      throw new Error(
        `The stack exports no experiment template for ${this.experiment.name}; ` +
          `it has ${Object.keys(this.target.outputs.experimentTemplates).join(", ") || "none"}.`,
      );
    this.queueWatch = this.stack.watchQueue();
    this.windows.injectMs = nowMs();
    this.#recorder.phase = "during";
    this.injection = await this.stack.injector.inject(template, this.signal);
    this.windows.runningMs = nowMs();
    this.startSending("during");
    return `${this.stack.injector.name} ${this.injection.id}`;
  }

  get template() {
    return this.experiment.template(this.target.outputs.experimentTemplates);
  }

  get faultFired(): boolean {
    const ops = this.windows.touchedByFault(this.history.ops);
    return ops.some((op) => this.experiment.faultSign(op));
  }

  assertFaultFired(): void {
    if (!this.faultFired)
      throw new UndecidedError("The fault never fired: no request was answered as during it.");
  }

  /** Ends the fault, writes every handover key for the last time, and keeps writing. */
  async stopFault(): Promise<InjectionEnd> {
    if (!this.injection) throw new Error("No fault was injected.");
    this.windows.stopMs = nowMs();
    this.injectionEnd = await this.injection.stop();
    this.windows.stoppedMs = nowMs();
    this.#recorder.phase = "after";
    this.#load.handOver();
    this.startSending("after");
    const { endedEarly } = this.injectionEnd;
    if (endedEarly)
      throw new UndecidedError(`The fault was over before it was stopped: ${endedEarly}`);
    return this.injectionEnd;
  }

  /** Waits until every request has been answered and the queue is empty, and takes the time. */
  async drain(): Promise<string> {
    await this.#load.settle(this.experiment.load.timeoutMs + deadlineMs);
    this.windows.endMs = nowMs();
    const stoppedMs = this.windows.stoppedMs ?? Infinity;
    const emptyMs = await this.untilQueueIsEmpty(0);
    this.#drained = true;
    const directMs = firstDirectWriteMs(this.history.ops, stoppedMs);
    if (directMs === undefined)
      throw new NotHeldError("After the fault no write went straight into the table.");
    this.recoveryMs = Math.max(0, Math.round(Math.max(emptyMs, directMs) - stoppedMs));
    return `recovered in ${String(this.recoveryMs)} ms`;
  }

  /**
   * Reads the table and checks the history. An empty queue may lag behind what was acknowledged, so
   * anything but a valid history is checked again once the queue has stayed empty for a while.
   *
   * @throws UndecidedError when the result is unknown
   */
  async verify(): Promise<string> {
    const check = () =>
      checkRun(this, { initialItems: this.#initialItems, drained: this.#drained });
    this.#verdict = await check();
    if (this.#verdict.result !== "valid" && this.#drained) {
      await this.untilQueueIsEmpty(settleMs);
      this.#verdict = await check();
    }
    const { result, reasons } = this.#verdict;
    if (result === "unknown") throw new UndecidedError(reasons.join(" "));
    return result;
  }

  verdict(): Verdict {
    if (!this.#verdict) throw new UndecidedError("The history has not been checked.");
    return this.#verdict;
  }

  get checkedVerdict(): Verdict | undefined {
    return this.#verdict;
  }

  within(phase: Phase): readonly Op[] {
    return this.windows.within(phase, this.history.ops);
  }

  sentIn(phase: Phase): readonly Op[] {
    return this.windows.sentIn(phase, this.history.ops);
  }

  latency(phase: Phase): LatencySummary | undefined {
    return summarizeLatency(phase === "before" ? this.within(phase) : this.sentIn(phase));
  }

  post(product: Product): Promise<Op> {
    return this.#recorder.write(product);
  }

  get(id: string): Promise<Op> {
    return this.#recorder.read(id);
  }

  scan(): Promise<Map<string, Item>> {
    return this.stack.scan(this.signal);
  }

  deadLetters(): Promise<readonly string[]> {
    return this.stack.deadLetters(this.signal);
  }

  /** Makes every wait and every request of the run end now. */
  interrupt(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Releases connections and timers. The fault must be over. */
  async close(): Promise<void> {
    this.#abort.abort(new Error("The run is over."));
    await this.#sending.catch(() => undefined);
    await this.queueWatch?.close();
    await this.#api.close();
    this.stack.close();
  }

  private startSending(phase: Phase): void {
    this.#recorder.phase = phase;
    const { load } = this.experiment;
    this.#sending = this.#load.send(load[phase], load[phase].durationMs);
    // Awaited by finishSending; until then a rejection has a handler.
    this.#sending.catch(() => undefined);
  }

  /** @returns since when it is; at once when the stack has no queue */
  private async untilQueueIsEmpty(forMs: number): Promise<number> {
    const sinceMs = this.windows.stoppedMs ?? 0;
    if (!this.queueWatch) return sinceMs;
    const { drainDeadlineMs } = this.experiment;
    return untilEmpty(this.queueWatch, {
      sinceMs,
      forMs,
      deadlineMs: drainDeadlineMs,
      signal: this.signal,
    });
  }
}
