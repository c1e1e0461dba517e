import { CannotRunError } from "../cannot-run-error.ts";
import { describeAnomaly } from "./describe.ts";
import { nameOfRun } from "./experiment.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import { outcomeOf } from "./journal.ts";
import type { Journal, JournalStep, StepStatus } from "./journal.ts";
import { measure } from "./measure.ts";
import { judgedObjectives } from "../objectives/judged-objectives.ts";
import {
  CertainlyNotHeldError,
  NotApplicableError,
  NotHeldError,
  TooSlowError,
  UndecidedError,
} from "./step-errors.ts";
import type { Step } from "./steps.ts";

/** What came of a step. */
export interface StepResult {
  readonly status: StepStatus;
  /** What was measured. */
  readonly output?: unknown;
  readonly error?: unknown;
}

/** Takes one run through its steps, keeps the journal, and always cleans up. */
export class Conductor {
  readonly run: ExperimentRun;
  readonly #startedAt = new Date();
  readonly #steps: JournalStep[] = [];
  readonly #rollbacks: JournalStep[] = [];
  #current: Promise<unknown> = Promise.resolve();
  #blocked = false;
  #disturbance: string | undefined;
  #interrupted = false;
  #finished: Promise<Journal> | undefined;

  constructor(run: ExperimentRun) {
    this.run = run;
  }

  /** Runs a step, unless an essential one before it did not pass. Never rejects. */
  async execute(step: Step): Promise<StepResult> {
    const execution = this.record(this.#steps, step, this.#blocked);
    this.#current = execution;
    const result = await execution;
    const goesOn = result.status === "unknown" && step.goesOnUndecided === true;
    if (step.essential && result.status !== "passed" && !goesOn) this.#blocked = true;
    if (isTrouble(result.status) && (await this.isDisturbed())) {
      this.#blocked = true;
      return { status: "error", error: new CannotRunError(this.#disturbance) };
    }
    return result;
  }

  /** Whether nothing so far says that the run has not held. */
  get mayHold(): boolean {
    const { verdict } = this.run.aftermath ?? {};
    return verdict?.result !== "invalid" && !this.#steps.some(({ status }) => isTrouble(status));
  }

  /** Ends the run now: what waits stops waiting, and the fault is taken back. */
  async interrupt(reason: Error): Promise<Journal> {
    this.#interrupted = true;
    this.#blocked = true;
    this.run.interrupt(reason);
    await this.#current;
    return this.finish();
  }

  /** Takes the fault back if it is still in effect, and closes the journal. Safe to call again. */
  finish(): Promise<Journal> {
    this.#finished ??= this.end();
    return this.#finished;
  }

  /** Whether the run is worth nothing, because its cloud is no longer the one that it began on. */
  private async isDisturbed(): Promise<boolean> {
    this.#disturbance ??= await this.run.target.disturbance?.();
    return this.#disturbance !== undefined;
  }

  private async end(): Promise<Journal> {
    const { run } = this;
    if (this.#steps.some(({ status }) => isTrouble(status)) && (await this.isDisturbed()))
      await this.record(this.#steps, {
        phase: "verification",
        name: "the cloud is the one that the run began on",
        essential: true,
        run: () => Promise.reject(new CannotRunError(this.#disturbance)),
      });
    const { injection, end, injector } = run.injected ?? {};
    if (injection && !end)
      await this.record(this.#rollbacks, {
        phase: "rollback",
        name: `stops ${String(injector?.name)}: ${injection.id}`,
        essential: true,
        run: () => injection.stop(),
      });
    await run.close();
    return this.journal();
  }

  private async record(into: JournalStep[], step: Step, skip = false): Promise<StepResult> {
    const startedAt = new Date();
    const startedMs = performance.now();
    let status: StepStatus = "skipped";
    let output: unknown;
    let error: unknown;
    try {
      if (!skip) {
        output = await step.run(this.run);
        status = "passed";
      }
    } catch (thrown) {
      error = this.orUndecided(thrown);
      status = toStatus(error);
    }
    into.push({
      phase: step.phase,
      name: step.name,
      status,
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - startedMs),
      ...(output !== undefined && { output }),
      ...(error !== undefined && { error: String(error) }),
    });
    return {
      status,
      ...(output !== undefined && { output }),
      ...(error !== undefined && { error }),
    };
  }

  /** What was expected says nothing on a machine that has no time; what was lost, is lost. */
  private orUndecided(error: unknown): unknown {
    if (!(error instanceof NotHeldError)) return error;
    if (error instanceof CertainlyNotHeldError) return error;
    if (this.run.aftermath?.verdict?.result === "invalid") return error;
    const disturbance = error instanceof TooSlowError ? this.run.delay() : this.run.disturbance();
    return disturbance === undefined
      ? error
      : new UndecidedError(`${disturbance} Otherwise this would not hold: ${error.message}`);
  }

  private journal(): Journal {
    const { run } = this;
    const { experiment, target, windows } = run;
    const { endpoint, outputs } = target;
    const { injector, injection, end } = run.injected ?? {};
    const { verdict, queueWatch } = run.aftermath ?? {};
    return {
      experiment: nameOfRun(experiment),
      title: experiment.title,
      hypothesis: experiment.hypothesis,
      outcome: this.#interrupted
        ? "interrupted"
        : this.#disturbance !== undefined
          ? "could-not-run"
          : outcomeOf([...this.#steps, ...this.#rollbacks], verdict, run.faultFired),
      seed: run.seed,
      keyPrefix: run.keyPrefix,
      startedAt: this.#startedAt.toISOString(),
      endedAt: new Date().toISOString(),
      target: {
        ...(endpoint !== undefined && { endpoint }),
        region: outputs.region,
        config: experiment.config,
      },
      fault: {
        ...(injector && {
          injector: injector.name,
          failure: injector.fault.failure,
          source: injector.source,
        }),
        ...(injection && { id: injection.id }),
        ...(end && { end }),
        ...toIso("injectedAt", windows.injectMs),
        ...toIso("runningAt", windows.runningMs),
        ...toIso("stopRequestedAt", windows.stopMs),
        ...toIso("stoppedAt", windows.stoppedMs),
      },
      load: experiment.load,
      steps: this.#steps,
      measurements: measure(run),
      objectives: judgedObjectives(run, this.#steps),
      ...(verdict && { verdict, anomalies: verdict.anomalies.map(describeAnomaly) }),
      queueDepth: queueWatch?.samples ?? [],
      looks: run.aftermath?.debt ?? [],
      limits: { recoveryMs: experiment.drainDeadlineMs },
      rollbacks: this.#rollbacks,
      environment: { node: process.version, platform: `${process.platform} ${process.arch}` },
    };
  }
}

function isTrouble(status: StepStatus): boolean {
  return status === "failed" || status === "error" || status === "unknown";
}

function toStatus(error: unknown): StepStatus {
  if (error instanceof NotHeldError) return "failed";
  if (error instanceof NotApplicableError) return "not-applicable";
  return error instanceof UndecidedError ? "unknown" : "error";
}

function toIso<Name extends string>(name: Name, epochMs: number | undefined) {
  return epochMs === undefined
    ? {}
    : ({ [name]: new Date(epochMs).toISOString() } as Record<Name, string>);
}
