import { Conductor } from "./harness/conductor.ts";
import type { Experiment } from "./harness/experiment.ts";
import { ExperimentRun } from "./harness/experiment-run.ts";
import type { Journal } from "./harness/journal.ts";
import type { Target } from "./harness/target.ts";
import { writeJournal } from "./report/write-reports.ts";

export interface DrillOptions {
  readonly experiments: readonly Experiment[];
  /** Gives a stack with this configuration. */
  openTarget(config: Readonly<Record<string, string>>): Promise<Target>;
  /** Ends what was begun for all of the targets; called once. */
  close?(): void | Promise<void>;
  /** Where journals and histories go. */
  readonly reportsDirectory: string;
}

/** The experiments of one invocation: one after the other, each on a stack of its configuration. */
export class Drill {
  readonly experiments: readonly Experiment[];
  readonly journals: Journal[] = [];
  /** Why an experiment could not even begin. */
  readonly failures: { readonly experiment: string; readonly error: unknown }[] = [];
  readonly #options: DrillOptions;
  #open: { readonly key: string; readonly target: Promise<Target> } | undefined;
  #conductor: Conductor | undefined;
  #interruption: Error | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: DrillOptions) {
    this.#options = options;
    this.experiments = options.experiments;
  }

  async begin(experiment: Experiment): Promise<Conductor> {
    try {
      this.throwIfInterrupted();
      const target = await this.openTarget(experiment.config);
      this.throwIfInterrupted();
      this.#conductor = new Conductor(new ExperimentRun(experiment, target));
      return this.#conductor;
    } catch (error) {
      this.failures.push({ experiment: experiment.name, error });
      throw error;
    }
  }

  async end(conductor: Conductor): Promise<Journal> {
    const journal = await conductor.finish();
    if (this.#conductor === conductor) this.#conductor = undefined;
    if (!this.journals.includes(journal)) {
      this.journals.push(journal);
      await writeJournal(this.#options.reportsDirectory, journal, conductor.run.history);
    }
    return journal;
  }

  /** Ends the experiment that runs and takes its fault back. */
  async interrupt(reason: Error): Promise<Journal | undefined> {
    this.#interruption = reason;
    if (!this.#conductor) return undefined;
    const conductor = this.#conductor;
    await conductor.interrupt(reason);
    return this.end(conductor);
  }

  /** Closes whatever is open. Safe to call again. */
  close(): Promise<void> {
    this.#closed ??= this.closeTarget().finally(() => this.#options.close?.());
    return this.#closed;
  }

  private async closeTarget(): Promise<void> {
    const target = await this.#open?.target.catch(() => undefined);
    this.#open = undefined;
    await target?.close();
  }

  private throwIfInterrupted(): void {
    if (this.#interruption) throw this.#interruption;
  }

  private async openTarget(config: Readonly<Record<string, string>>): Promise<Target> {
    const key = JSON.stringify(config);
    if (this.#open?.key !== key) {
      await this.closeTarget();
      this.#open = { key, target: this.#options.openTarget(config) };
    }
    return this.#open.target;
  }
}

let current: Drill | undefined;

/** Sets the drill that `chaos.spec.ts` runs. */
export function useDrill(drill: Drill): void {
  current = drill;
}

/** @throws when there is none, because mocha was started on its own */
export function currentDrill(): Drill {
  if (!current) throw new Error("chaos.spec.ts is run by chaos/cli.ts: use npm run chaos.");
  return current;
}
