import type { Conductor, StepResult } from "./harness/conductor.ts";
import type { Experiment } from "./harness/experiment.ts";
import type { Journal } from "./harness/journal.ts";
import { secondLook, stepsBeforeFault, stepsOf } from "./harness/steps.ts";
import type { Step } from "./harness/steps.ts";

/** One run of an experiment that a drill has taken up; what becomes of it can be awaited. */
export class ScheduledRun {
  readonly experiment: Experiment;
  readonly steps: readonly Step[];
  readonly #opened = Promise.withResolvers<Conductor | undefined>();
  readonly #finished = Promise.withResolvers<Journal | undefined>();
  readonly #secondLook = Promise.withResolvers<StepResult>();
  readonly #results: readonly PromiseWithResolvers<StepResult>[];

  readonly #isDry: boolean;

  /** @param isDry whether the run ends before the fault */
  constructor(experiment: Experiment, isDry = false) {
    this.experiment = experiment;
    this.#isDry = isDry;
    this.steps = isDry ? stepsBeforeFault(experiment) : stepsOf(experiment);
    this.#results = this.steps.map(() => Promise.withResolvers<StepResult>());
    // Nobody may be waiting yet, and a rejection has a handler then all the same.
    for (const { promise } of [this.#opened, this.#finished, this.#secondLook])
      promise.catch(() => undefined);
  }

  /** Rejects when no stack could be opened for it; resolves with nothing when it is not run. */
  get opened(): Promise<Conductor | undefined> {
    return this.#opened.promise;
  }

  /** What the second look at the table has shown; rejects when the run has not even begun. */
  get secondLook(): Promise<StepResult> {
    return this.#secondLook.promise;
  }

  /** Rejects when it has not even begun; resolves with nothing when it is not run. */
  get finished(): Promise<Journal | undefined> {
    return this.#finished.promise;
  }

  resultOf(step: Step): Promise<StepResult> {
    const result = this.#results[this.steps.indexOf(step)];
    if (!result) throw new Error(`${this.experiment.name} has no step "${step.name}".`);
    return result.promise;
  }

  /** Takes the run through its steps, up to the second look. Never rejects. */
  async conduct(conductor: Conductor): Promise<void> {
    this.#opened.resolve(conductor);
    for (const [index, step] of this.steps.entries())
      this.#results[index]?.resolve(await conductor.execute(step));
  }

  /** Looks at the table a second time. No fault may be in effect on the stack. Never rejects. */
  async lookAgain(conductor: Conductor): Promise<void> {
    this.#secondLook.resolve(
      this.#isDry ? { status: "skipped" } : await conductor.execute(secondLook),
    );
  }

  finish(journal: Journal): void {
    this.#finished.resolve(journal);
  }

  /** It is not run, because an earlier one did not hold. */
  skip(): void {
    this.#opened.resolve(undefined);
    for (const result of [...this.#results, this.#secondLook])
      result.resolve({ status: "skipped" });
    this.#finished.resolve(undefined);
  }

  fail(error: unknown): void {
    this.#opened.reject(error);
    this.#secondLook.reject(error);
    this.#finished.reject(error);
  }
}
