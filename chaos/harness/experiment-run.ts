import { createHash } from "node:crypto";
import { Aftermath } from "./aftermath.ts";
import type { App, Effect, Workload } from "../workload-contract.ts";
import type { CheckContext } from "./check-context.ts";
import type { Verdict } from "./checker.ts";
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
import { watchPending } from "./pending-watch.ts";
import { Random } from "./random.ts";
import { keysToReadBack, readBack } from "./read-back.ts";
import { seedExperiment } from "./seed-template.ts";
import { FaultSign } from "./fault-sign.ts";
import { Stack } from "./stack.ts";
import { readStores } from "./stores.ts";
import type { Placement, Stores } from "./stores.ts";
import { testWorkload } from "./self-test.ts";
import { describeStandstills, StandstillWatch } from "./standstill-watch.ts";
import { NotApplicableError, UndecidedError } from "./step-errors.ts";
import type { Target } from "./target.ts";
import { Traffic } from "./traffic.ts";
import { Windows } from "./windows.ts";
import { WrittenKeys } from "./written-keys.ts";

export interface ExperimentRunOptions {
  readonly workload: Workload;
  /** The same one gives the same load; a stack that has met it knows its keys. */
  readonly seed: string;
  /** The other runs of the drill so far. */
  readonly siblings?: readonly ExperimentRun[];
}

/** One run of one experiment on one stack. `stepsOf` says in which order its methods are called. */
export class ExperimentRun implements CheckContext {
  readonly experiment: Experiment;
  readonly target: Target;
  /** All dice of the run come from it. */
  readonly seed: string;
  readonly keyPrefix: string;
  /** The drill's other runs. */
  readonly siblings: Set<ExperimentRun>;
  readonly workload: Workload;
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
  #placement: Placement = "every";
  readonly #sign: FaultSign;
  readonly #keys: WrittenKeys;

  constructor(
    experiment: Experiment,
    target: Target,
    { workload, seed, siblings = [] }: ExperimentRunOptions,
  ) {
    this.workload = workload;
    this.experiment = experiment;
    this.target = target;
    this.seed = seed;
    const random = new Random(`${seed}/${experiment.name}`);
    const mark = createHash("sha256").update(random.seed).digest("hex").slice(0, 6);
    this.keyPrefix = `${experiment.name}-${mark}-`;
    this.siblings = new Set(siblings);
    for (const sibling of siblings) sibling.siblings.add(this);
    this.#pace = paceOf(target);
    this.#stack = new Stack(target, this.#pace);
    const { keyPrefix, signal } = this;
    const { app } = this.#stack;
    const { load } = experiment;
    this.traffic = new Traffic({ workload, app, load, keyPrefix, random, signal });
    this.#keys = new WrittenKeys(this.history);
    this.#sign = new FaultSign(this, (id) => this.#stack.firedBy(id));
  }

  /** The application, for calls that end with the run. */
  get app(): App {
    return this.#stack.app.during(this.signal);
  }

  get hasReads(): boolean {
    return this.traffic.hasReads;
  }

  /** Whether the application itself chooses keys. */
  get choosesKeys(): boolean {
    return this.history.ops.some(({ isKeyUnknown }) => isKeyUnknown);
  }

  /** Aborted once the run is interrupted or over. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get history() {
    return this.traffic.history;
  }

  /** Whether this run wrote the key, or may have. */
  owns(key: string): boolean {
    return key.includes(this.keyPrefix) || this.#keys.has(key);
  }

  /** @throws NotApplicableError when this stack, or its cloud, cannot be tried in this way */
  async prepare(): Promise<string> {
    const { experiment, target, traffic, windows, signal } = this;
    const reason = experiment.whyNotOn?.(target);
    if (reason !== undefined) throw new NotApplicableError(reason);
    const injector = await this.#stack.chooseInjector(seedExperiment(experiment, this.seed));
    const pace = this.#pace;
    this.injected = new InjectedFault(injector, { experiment, traffic, windows, pace, signal });
    return `through ${injector.name}: ${injector.fault.failure}`;
  }

  /** @throws UndecidedError when the queue still holds what an earlier run has left in it */
  async begin(): Promise<void> {
    const { workload, app } = this;
    const { settleMs, deadlineMs } = this.#pace;
    if (this.experiment.testsWorkload)
      this.#placement = await testWorkload(workload, app, {
        keyPrefix: this.keyPrefix,
        timeoutMs: this.experiment.load.timeoutMs,
        deadlineMs,
      });
    const placement = this.#placement;
    this.#baseline = await takeBaseline(workload, app, { settleMs, placement });
    await this.traffic.untilReady(deadlineMs);
    this.windows.startMs = nowMs();
    this.traffic.start("before");
  }

  /** Resolves when the load of this phase has been sent. */
  async finishSending(): Promise<string> {
    await this.traffic.sent();
    this.traffic.assertWorkloadWorks();
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
      initial: this.#baseline.stores,
      placement: this.#placement,
      queueWatch: this.#baseline.hasPending
        ? watchPending(this.workload, this.#stack.app, this.#pace)
        : undefined,
    });
    const injected = this.#injected;
    const { id } = await injected.begin();
    this.traffic.start("during");
    return `${injected.injector.name}: ${id}`;
  }

  /** Why expectations cannot be judged; undefined when they can. */
  disturbance(): string | undefined {
    return (
      describeStandstills(this.standstillWatch.report()) ??
      this.cpuWatch.busySince(this.windows.startMs ?? 0)
    );
  }

  /** Why what was slow may not be the application's doing; undefined when it must be. */
  delay(): string | undefined {
    return this.disturbance() ?? this.cpuWatch.slowSince(this.windows.startMs ?? 0);
  }

  /** @throws UndecidedError when the drill itself did not run for a while: it has measured itself */
  assertKeptPace(): void {
    const standstill = describeStandstills(this.standstillWatch.report());
    if (standstill !== undefined) throw new UndecidedError(standstill);
  }

  get fault(): FaultForm {
    return this.#injected.injector.fault;
  }

  get faultFired(): boolean {
    return this.injected !== undefined && this.#sign.isSeen;
  }

  /** @throws UndecidedError when nothing shows that the application has met the fault */
  assertFaultFired(): Promise<void> {
    return this.#sign.assertSeen();
  }

  /** Ends the fault, writes every handover key for the last time, and keeps writing. */
  async stopFault(): Promise<InjectionEnd> {
    const end = await this.#injected.stop().finally(() => this.aftermath?.watchStores());
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
  async readBack(): Promise<string> {
    if (!this.hasReads) return "the workload has no reads";
    const keys = keysToReadBack(this.history.ops, this.keyPrefix);
    return readBack(keys, (key) => this.read(key));
  }

  /** Reads the stores a second time, and judges both looks. */
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

  write(write: unknown): Promise<Op> {
    return this.traffic.write(write);
  }

  read(key: string): Promise<Op> {
    return this.traffic.read(key);
  }

  truth(): Promise<Stores> {
    return readStores(this.workload, this.app, this.#placement);
  }

  async givenUp(): Promise<readonly Effect[]> {
    return this.#baseline.withoutFormer((await this.workload.givenUp?.(this.app)) ?? []);
  }

  interrupt(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Ends the measurements, for the time until the second look. */
  async rest(): Promise<void> {
    this.cpuWatch.close();
    await this.aftermath?.rest();
  }

  async close(): Promise<void> {
    this.#abort.abort(new Error("The run is over."));
    await this.rest();
    this.standstillWatch[Symbol.dispose]();
    await this.traffic.close();
    await this.#stack.close();
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
