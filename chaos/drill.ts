import { CannotRunError } from "./cannot-run-error.ts";
import { Conductor } from "./harness/conductor.ts";
import { nameOfRun } from "./harness/experiment.ts";
import type { Experiment } from "./harness/experiment.ts";
import { ExperimentRun } from "./harness/experiment-run.ts";
import type { Journal } from "./harness/journal.ts";
import type { Target } from "./harness/target.ts";
import { withStreamBacklog } from "./harness/with-stream-backlog.ts";
import { writeJournal } from "./report/write-reports.ts";
import type { Workload } from "./workload-contract.ts";
import { ScheduledRun } from "./scheduled-run.ts";

export interface DrillOptions {
  readonly experiments: readonly Experiment[];
  readonly workload: Workload;
  /**
   * Gives a stack with this configuration. Each lane asks for a separate one, and so does a patient
   * experiment.
   */
  openTarget(
    config: Readonly<Record<string, string>>,
    experiment?: Pick<Experiment, "isPatient">,
  ): Promise<Target>;
  /** How many experiments may run at a time. More than one needs a stack for each. */
  readonly lanes: number;
  /** Ends what was begun for all of the targets; called once. */
  close?(): void | Promise<void>;
  /** What all dice of the drill come from. */
  readonly seed: string;
  /** Whether nothing more begins once an experiment has not held. */
  readonly abortOnFail?: boolean;
  /** Where journals and histories go. */
  readonly reportsDirectory: string;
  /** Whether the runs end before the fault; they then leave no journals, which are of drills. */
  readonly isDry?: boolean;
}

interface OpenTarget {
  readonly key: string;
  readonly target: Promise<Target>;
  /** Runs on it that wait for their second look. */
  readonly awaiting: { readonly run: ScheduledRun; readonly conductor: Conductor }[];
}

/** The experiments of one invocation, in lanes: each lane runs one after the other. */
export class Drill {
  readonly seed: string;
  readonly runs: readonly ScheduledRun[];
  /** Why an experiment could not even begin. */
  readonly failures: { readonly experiment: string; readonly error: unknown }[] = [];
  /** The experiments that were not run because an earlier one did not hold. */
  readonly notRun: string[] = [];
  /** Why a journal could not be written, for each that could not. */
  readonly unwritten: string[] = [];
  readonly #options: DrillOptions;
  readonly #pending: ScheduledRun[];
  readonly #journals = new Map<Conductor, Journal>();
  readonly #conductors = new Set<Conductor>();
  readonly #targets = new Set<Promise<Target>>();
  /** Configuration → the experiment after which its queue did not drain. */
  readonly #clogged = new Map<string, string>();
  #interruption: Error | undefined;
  #started: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: DrillOptions) {
    this.#options = options;
    this.seed = options.seed;
    this.runs = options.experiments.map(
      (experiment) => new ScheduledRun(experiment, options.isDry),
    );
    this.#pending = [...this.runs];
  }

  /** Of the runs that are over, in the order in which they were asked for. */
  get journals(): readonly Journal[] {
    const order = this.runs.map(({ experiment }) => experiment);
    return [...this.#journals]
      .sort(([a], [b]) => order.indexOf(a.run.experiment) - order.indexOf(b.run.experiment))
      .map(([, journal]) => journal);
  }

  /** Runs all of them. Never rejects; what becomes of each is in its `ScheduledRun`. */
  start(): Promise<void> {
    this.#started ??= Promise.all(
      Array.from({ length: this.#options.lanes }, () => this.runLane()),
    ).then(() => undefined);
    return this.#started;
  }

  /** Ends the experiments that run and undoes their faults. */
  async interrupt(reason: Error): Promise<readonly Journal[]> {
    this.#interruption = reason;
    const conductors = [...this.#conductors];
    return Promise.all(
      conductors.map(async (conductor) => {
        await conductor.interrupt(reason);
        return this.end(conductor);
      }),
    );
  }

  /** Closes whatever is open. Safe to call again. */
  close(): Promise<void> {
    this.#closed ??= this.closeTargets().finally(() => this.#options.close?.());
    return this.#closed;
  }

  private async runLane(): Promise<void> {
    let open: OpenTarget | undefined;
    for (;;) {
      const run = this.takeNext(open?.key);
      const key = run && keyOf(run.experiment);
      if (open && open.key !== key) {
        await this.leave(open);
        open = undefined;
      }
      if (!run || key === undefined) break;
      open ??= { key, target: this.openTarget(run.experiment), awaiting: [] };
      await this.runOne(run, open);
    }
  }

  /** One that needs what is open, or else the next one. */
  private takeNext(openKey: string | undefined): ScheduledRun | undefined {
    const fitting = this.#pending.findIndex(({ experiment }) => keyOf(experiment) === openKey);
    return this.#pending.splice(Math.max(fitting, 0), 1)[0];
  }

  private async runOne(run: ScheduledRun, { target, awaiting }: OpenTarget): Promise<void> {
    const { experiment } = run;
    const key = JSON.stringify(experiment.config);
    try {
      this.throwIfInterrupted();
      const clogging = this.#clogged.get(key);
      if (clogging !== undefined)
        throw new CannotRunError(
          `The queue did not drain after ${clogging}; nothing was injected.`,
        );
      const opened = await target;
      this.throwIfInterrupted();
      const conductor = new Conductor(
        new ExperimentRun(experiment, opened, {
          workload: withStreamBacklog(this.#options.workload, opened),
          seed: seedOf(experiment, this.seed),
          siblings: [...this.#conductors, ...this.#journals.keys()].map((each) => each.run),
        }),
      );
      this.#conductors.add(conductor);
      await run.conduct(conductor);
      if (!conductor.mayHold) this.abort();
      await conductor.run.rest();
      // What one experiment has waited for in vain, no other need wait for.
      if (conductor.run.aftermath?.isClogged) this.#clogged.set(key, experiment.name);
      awaiting.push({ run, conductor });
    } catch (error) {
      this.failures.push({ experiment: experiment.name, error });
      run.fail(error);
      this.abort();
    }
  }

  /** Looks at what the runs on the stack have left there, now that no fault is in effect, and closes it. */
  private async leave({ target, awaiting }: OpenTarget): Promise<void> {
    for (const { run, conductor } of awaiting) {
      await run.lookAgain(conductor);
      const journal = await this.end(conductor);
      run.finish(journal);
      if (!["held", "not-applicable"].includes(journal.outcome)) this.abort();
    }
    await this.closeTarget(target);
  }

  /** Lets nothing more begin, where the drill is to stop at what has not held. */
  private abort(): void {
    if (this.#options.abortOnFail !== true) return;
    for (const run of this.#pending.splice(0)) {
      this.notRun.push(nameOfRun(run.experiment));
      run.skip();
    }
  }

  private async end(conductor: Conductor): Promise<Journal> {
    const journal = await conductor.finish();
    this.#conductors.delete(conductor);
    if (!this.#journals.has(conductor)) {
      this.#journals.set(conductor, journal);
      if (this.#options.isDry) return journal;
      await writeJournal(this.#options.reportsDirectory, journal, conductor.run.history).catch(
        (error: unknown) => {
          this.unwritten.push(String(error));
        },
      );
    }
    return journal;
  }

  private openTarget(experiment: Experiment): Promise<Target> {
    const target = this.#options.openTarget(experiment.config, experiment);
    this.#targets.add(target);
    target.catch(() => undefined);
    return target;
  }

  private async closeTarget(target: Promise<Target> | undefined): Promise<void> {
    if (!target) return;
    this.#targets.delete(target);
    await (await target.catch(() => undefined))?.close();
  }

  private async closeTargets(): Promise<void> {
    await Promise.all([...this.#targets].map((target) => this.closeTarget(target)));
  }

  private throwIfInterrupted(): void {
    if (this.#interruption) throw this.#interruption;
  }
}

/** Experiments that may run on the same stack, one after the other. */
function keyOf({ config, isPatient = false }: Experiment): string {
  return JSON.stringify([config, isPatient]);
}

/** Each repetition of an experiment has dice of its own. */
function seedOf({ repetition }: Experiment, seed: string): string {
  return repetition === undefined ? seed : `${seed}/${String(repetition)}`;
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
