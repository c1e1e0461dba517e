import type { Conductor, StepResult } from "../harness/conductor.ts";
import type { Phase } from "../harness/history.ts";
import type { Journal } from "../harness/journal.ts";
import type { StepPhase } from "../harness/steps.ts";
import type { ScheduledRun } from "../scheduled-run.ts";
import { RequestTally } from "./request-tally.ts";
import type { RequestCounts } from "./request-tally.ts";

/** `resting` is a run whose steps are over, and which waits for its second look. */
export type RunState = "waiting" | "running" | "resting" | "over";

/** The phase of the load in which a phase of the steps sends. */
const loadPhases: Partial<Record<StepPhase, Phase>> = {
  "steady state": "before",
  fault: "during",
  recovery: "after",
};

/** How far one run has come, as far as its steps and its history tell. */
export class RunProgress {
  readonly run: ScheduledRun;
  state: RunState = "waiting";
  /** When the run began and when its present phase did; of `performance.now()`. */
  startedMs: number | undefined;
  phaseStartedMs = 0;
  phase: StepPhase = "preparation";
  /** When the load of the present phase was begun; undefined before, and where there is none. */
  loadStartedMs: number | undefined;
  endedMs: number | undefined;
  /** Absent until the run is over. */
  journal: Journal | undefined;
  /** Why it could not begin. */
  failure: unknown;
  readonly #tally = new RequestTally();
  #conductor: Conductor | undefined;

  /** @param changed is called after each change of state */
  constructor(run: ScheduledRun, changed: (progress: RunProgress) => void = () => undefined) {
    this.run = run;
    const change = (apply: () => void) => () => {
      apply();
      changed(this);
    };
    run.opened.then(
      (conductor) => {
        this.#conductor = conductor;
        change(() => {
          this.state = "running";
          this.startedMs = this.phaseStartedMs = performance.now();
        })();
      },
      (error: unknown) => {
        this.failure = error;
        change(() => (this.state = "over"))();
      },
    );
    for (const [index] of run.steps.entries()) void this.#follow(index, changed);
    run.finished.then(
      (journal) => {
        this.journal = journal;
        change(() => (this.state = "over"))();
      },
      () => undefined,
    );
  }

  get name(): string {
    const { name, repetition } = this.run.experiment;
    return repetition === undefined ? name : `${name} (${String(repetition)})`;
  }

  /** Milliseconds for which the present phase sends its load; undefined where it sends none. */
  get loadMs(): number | undefined {
    const phase = loadPhases[this.phase];
    return phase && this.run.experiment.load[phase].durationMs;
  }

  /** The requests of the present phase; undefined where none are sent. */
  counts(): (RequestCounts & { readonly inFlight: number }) | undefined {
    const phase = loadPhases[this.phase];
    const running = this.#conductor?.run;
    if (!phase || !running) return undefined;
    return {
      ...this.#tally.count(running.history.ops, phase),
      inFlight: running.traffic.inFlight,
    };
  }

  /** What was pending at the last look; undefined before the fault, and where nothing can be. */
  pending(): number | undefined {
    const sample = this.#conductor?.run.aftermath?.queueWatch?.samples.at(-1);
    if (!sample) return undefined;
    return Object.entries(sample).reduce(
      (sum, [name, count]) => (name === "atMs" ? sum : sum + count),
      0,
    );
  }

  /** The load of a phase begins with its first step, and that of the recovery at the end of the fault. */
  #enter(phase: StepPhase, lastIndex: number): void {
    const nowMs = performance.now();
    const first = this.run.steps.findIndex((step) => step.phase === phase);
    if (phase !== this.phase) {
      this.phase = phase;
      this.phaseStartedMs = nowMs;
      this.loadStartedMs = phase === "recovery" ? nowMs : undefined;
    } else if (lastIndex === first && loadPhases[phase]) this.loadStartedMs = nowMs;
  }

  async #follow(index: number, changed: (progress: RunProgress) => void): Promise<void> {
    const step = this.run.steps[index];
    if (!step) return;
    const result: StepResult = await this.run.resultOf(step);
    const next = this.run.steps[index + 1];
    const phase = next?.phase ?? "second look";
    if (this.state === "running" && result.status !== "skipped") this.#enter(phase, index);
    if (next || this.state !== "running") return;
    this.state = "resting";
    this.endedMs = performance.now();
    changed(this);
  }
}
