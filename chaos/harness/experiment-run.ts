import { createHash } from "node:crypto";
import { Aftermath } from "./aftermath.ts";
import type { CheckContext } from "./check-context.ts";
import type { Verdict } from "./checker.ts";
import { whyNotOn } from "./why-not-on.ts";
import { emptyBaseline, takeBaseline } from "./baseline.ts";
import { CpuWatch } from "./cpu-watch.ts";
import type { Experiment } from "./experiment.ts";
import { nowMs } from "./history.ts";
import type { Op, Phase } from "./history.ts";
import { InjectedFault } from "./injected-fault.ts";
import type { FaultForm, InjectionEnd } from "./injector.ts";
import { summarizeLatency } from "./latency-summary.ts";
import type { LatencySummary } from "./latency-summary.ts";
import { paceOf } from "./pace.ts";
import type { Pace } from "./pace.ts";
import type { DeadLetter } from "./probes/dead-letters.ts";
import type { QueueDepth } from "./probes/queue-depth.ts";
import type { Item } from "./probes/scan-table.ts";
import type { Product } from "./product.ts";
import { Random } from "./random.ts";
import { keysToReadBack, readBack } from "./read-back.ts";
import { seedExperiment } from "./seed-template.ts";
import { Stack } from "./stack.ts";
import { describeStandstills, StandstillWatch } from "./standstill-watch.ts";
import { NotApplicableError, UndecidedError } from "./step-errors.ts";
import type { Target } from "./target.ts";
import { Traffic } from "./traffic.ts";
import { until, UntilError } from "./until.ts";
import { Windows } from "./windows.ts";

/** No request of a drill is this slow without a fault; see `isSteady`. */
const slowMs = 3_000;
/** How long answers may need to come in after the caller's own timeout. */
const signGraceMs = 1_000;

function isSlow(op: Op): boolean {
  return op.endMs - op.invokeMs >= slowMs;
}

export interface ExperimentRunOptions {
  /** The same one gives the same load; a stack that has met it knows its keys. */
  readonly seed: string;
  /** The other runs of the drill so far. */
  readonly siblings?: readonly ExperimentRun[];
}

/** One run of one experiment on one stack. `stepsOf` says in which order its methods are called. */
export class ExperimentRun implements CheckContext {
  readonly experiment: Experiment;
  readonly target: Target;
  /** All dice of the run come from it: keys, payloads, their order, and what is read. */
  readonly seed: string;
  readonly keyPrefix: string;
  /** What begins the keys of the drill's other runs. */
  readonly siblingPrefixes: Set<string>;
  readonly windows = new Windows();
  readonly cpuWatch = new CpuWatch(nowMs);
  readonly standstillWatch = new StandstillWatch();
  readonly traffic: Traffic;
  /** Absent until a way to inject has been found. */
  injected: InjectedFault | undefined;
  /** Absent until the fault is injected. */
  aftermath: Aftermath | undefined;
  readonly #pace: Pace;
  readonly #stack: Stack;
  readonly #abort = new AbortController();
  #baseline = emptyBaseline;

  constructor(
    experiment: Experiment,
    target: Target,
    { seed, siblings = [] }: ExperimentRunOptions,
  ) {
    this.experiment = experiment;
    this.target = target;
    this.seed = seed;
    const random = new Random(`${seed}/${experiment.name}`);
    const mark = createHash("sha256").update(random.seed).digest("hex").slice(0, 6);
    this.keyPrefix = `${experiment.name}-${mark}-`;
    this.siblingPrefixes = new Set(siblings.map((sibling) => sibling.keyPrefix));
    for (const sibling of siblings) sibling.siblingPrefixes.add(this.keyPrefix);
    this.#pace = paceOf(target);
    this.#stack = new Stack(target, this.#pace);
    const { keyPrefix, signal } = this;
    this.traffic = new Traffic({ target, load: experiment.load, keyPrefix, random, signal });
  }

  /** Aborted once the run is interrupted or over. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get history() {
    return this.traffic.history;
  }

  /** @throws NotApplicableError when this stack, or its cloud, cannot be tried in this way */
  async prepare(): Promise<string> {
    const { experiment, target, traffic, windows, signal } = this;
    const reason = whyNotOn(experiment, target);
    if (reason !== undefined) throw new NotApplicableError(reason);
    const injector = await this.#stack.chooseInjector(seedExperiment(experiment, this.seed));
    const pace = this.#pace;
    this.injected = new InjectedFault(injector, { experiment, traffic, windows, pace, signal });
    return `through ${injector.name}: ${injector.fault.failure}`;
  }

  /** @throws UndecidedError when the queue still holds what an earlier run has left in it */
  async begin(): Promise<void> {
    this.#baseline = await takeBaseline(this.#stack, this.#pace, this.signal);
    await this.traffic.untilReady(this.#pace.deadlineMs);
    this.windows.startMs = nowMs();
    this.traffic.start("before");
  }

  /** Resolves when the load of this phase has been sent. */
  async finishSending(): Promise<string> {
    await this.traffic.sent();
    return `${String(this.history.ops.length)} requests so far`;
  }

  /** Resolves when the load of this phase has been sent, and every request answered. */
  async finishAnswered(): Promise<string> {
    await this.traffic.sent();
    await this.traffic.settle(this.#pace.deadlineMs);
    this.windows.endMs = nowMs();
    return this.finishSending();
  }

  async inject(): Promise<string> {
    this.aftermath = new Aftermath(this, {
      pace: this.#pace,
      initialItems: this.#baseline.items,
      queueWatch: this.#stack.watchQueue(),
    });
    const injected = this.#injected;
    const { id } = await injected.begin();
    this.traffic.start("during");
    return `${injected.injector.name}: ${id}`;
  }

  /** Why what was expected of the application cannot be judged; undefined when it can. */
  disturbance(): string | undefined {
    return this.standstill() ?? this.cpuWatch.busySince(this.windows.startMs ?? 0);
  }

  /** Why what was slow may not be the application's doing; undefined when it must be. */
  delay(): string | undefined {
    return this.disturbance() ?? this.cpuWatch.slowSince(this.windows.startMs ?? 0);
  }

  /** @throws UndecidedError when the drill itself did not run for a while: it has measured itself */
  assertKeptPace(): void {
    const standstill = this.standstill();
    if (standstill !== undefined) throw new UndecidedError(standstill);
  }

  get fault(): FaultForm {
    return this.#injected.injector.fault;
  }

  get faultFired(): boolean {
    if (!this.injected) return false;
    const ops = this.windows.touchedByFault(this.history.ops);
    return ops.some((op) => isSlow(op) || this.experiment.faultSign(op, this.fault));
  }

  /** A sign may be a slow answer, so it is awaited for as long as a caller waits. */
  async assertFaultFired(): Promise<void> {
    const { signal, experiment } = this;
    const deadlineMs = experiment.load.timeoutMs + signGraceMs;
    await until("the fault shows in the answers", () => this.faultFired, {
      deadlineMs,
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      if (!(error instanceof UntilError)) throw error;
      throw new UndecidedError("The fault never fired: no request was answered as during it.");
    });
  }

  /** Ends the fault, writes every handover key for the last time, and keeps writing. */
  async stopFault(): Promise<InjectionEnd> {
    const end = await this.#injected.stop();
    this.traffic.handOver();
    this.traffic.start("after");
    if (end.endedEarly)
      throw new UndecidedError(`The fault was over before it was stopped: ${end.endedEarly}`);
    return end;
  }

  drain(): Promise<string> {
    return this.#aftermath.drain();
  }

  verify(): Promise<string> {
    return this.#aftermath.verify();
  }

  /** Reads keys through the application. */
  readBack(): Promise<string> {
    const keys = keysToReadBack(this.history.ops, this.keyPrefix);
    return readBack(keys, (key) => this.get(key));
  }

  /** Reads the table a second time, and judges both looks. */
  lookAgain(): Promise<string> {
    return this.#aftermath.lookAgain();
  }

  verdict(): Verdict {
    const verdict = this.aftermath?.verdict;
    if (!verdict) throw new UndecidedError("The history has not been checked.");
    return verdict;
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

  own(product: Product): Product {
    return this.traffic.own(product);
  }

  post(product: Product): Promise<Op> {
    return this.traffic.write(product);
  }

  get(id: string): Promise<Op> {
    return this.traffic.read(id);
  }

  scan(): Promise<Map<string, Item>> {
    return this.#stack.scan(this.signal);
  }

  queueDepth(): Promise<QueueDepth | undefined> {
    return this.#stack.queueDepth(this.signal);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#baseline.withoutFormer(await this.#stack.deadLetters(this.signal));
  }

  async removeDeadLetters(messageIds: readonly string[]): Promise<void> {
    await this.#stack.deadLetters(this.signal, new Set(messageIds));
  }

  sendToQueue(body: string): Promise<void> {
    return this.#stack.sendToQueue(body, this.signal);
  }

  /** Makes every wait and every request of the run end now. */
  interrupt(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Ends the measurements, for the time until the second look. */
  async rest(): Promise<void> {
    this.cpuWatch.close();
    await this.aftermath?.queueWatch?.close();
  }

  /** Releases connections and timers. The fault must be over. */
  async close(): Promise<void> {
    this.#abort.abort(new Error("The run is over."));
    await this.rest();
    this.standstillWatch[Symbol.dispose]();
    await this.traffic.close();
    await this.#stack.close();
  }

  private standstill(): string | undefined {
    return describeStandstills(this.standstillWatch.report());
  }

  get #injected(): InjectedFault {
    if (!this.injected) throw new Error("No way to inject has been found yet.");
    return this.injected;
  }

  get #aftermath(): Aftermath {
    if (!this.aftermath) throw new Error("No fault has been injected yet.");
    return this.aftermath;
  }
}
