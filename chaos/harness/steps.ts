import type { Check, Experiment } from "./experiment.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import { evidenceStep } from "../objectives/evidence-floor.ts";
import { objectiveSteps } from "../objectives/objective-steps.ts";

export type StepPhase =
  | "preparation"
  | "steady state"
  | "fault"
  | "recovery"
  | "verification"
  | "second look"
  | "rollback";

export interface Step {
  readonly phase: StepPhase;
  readonly name: string;
  /** When it does not pass, the steps after it are skipped. */
  readonly essential: boolean;
  /** The steps after it are not skipped when it is undecided: what becomes of the data can still be told. */
  readonly goesOnUndecided?: boolean;
  /** Whether what it measures belongs beside its name. */
  readonly showsOutput?: boolean;
  run(run: ExperimentRun): unknown;
}

/**
 * The course of every experiment: find a way to inject → steady state → inject → keep writing → stop →
 * recover → verify.
 */
export function stepsOf({ checks, load, title, objectives = [] }: Experiment): readonly Step[] {
  const early = (all: readonly Check[]) => all.filter((check) => check.early);
  const late = (all: readonly Check[]) => all.filter((check) => !check.early);
  const seconds = (ms: number) => `${String(ms / 1000)} s`;
  return [
    step("preparation", "the cloud can inject the fault", true, (run) => run.prepare()),

    step("steady state", "the application takes a write and answers a read", true, (run) =>
      run.begin(),
    ),
    ...early(checks.before).map((check) => toStep("steady state", check, true)),
    step("steady state", `writes and reads for ${seconds(load.before.durationMs)}`, true, (run) =>
      run.finishSending(),
    ),
    ...late(checks.before).map((check) => toStep("steady state", check, true)),

    step("fault", `starts: ${title}`, true, (run) => run.inject()),
    ...early(checks.during).map((check) => toStep("fault", check, false)),
    step("fault", `keeps writing for ${seconds(load.during.durationMs)}`, true, (run) =>
      run.finishSending(),
    ),
    step("fault", "shows in the answers", false, (run) => run.assertFaultFired()),
    ...late(checks.during).map((check) => toStep("fault", check, false)),
    step("fault", "stops", true, (run) => run.stopFault()),

    ...early(checks.after).map((check) => toStep("recovery", check, false)),
    step("recovery", `keeps writing for ${seconds(load.after.durationMs)}`, true, (run) =>
      run.finishAnswered(),
    ),
    ...late(checks.after).map((check) => toStep("recovery", check, false)),
    step("recovery", "writes are acknowledged again, and the queue is empty", false, (run) =>
      run.drain(),
    ),

    step("verification", "reads the table and checks the history", true, (run) => run.verify()),
    step("verification", "reads keys through the application", false, (run) => run.readBack()),
    ...checks.verify.map((check) => toStep("verification", check, false)),
    evidenceStep,
    ...objectiveSteps({ objectives }),
    step("verification", "the drill itself did not stand still", false, (run) =>
      run.assertKeptPace(),
    ),
  ];
}

/** What comes before anything is injected: all of a dry run. */
export function stepsBeforeFault(experiment: Experiment): readonly Step[] {
  return stepsOf(experiment).filter(
    ({ phase }) => phase === "preparation" || phase === "steady state",
  );
}

/** When the first look at the table has found nothing, harm may still be on its way. */
export const secondLook: Step = step(
  "second look",
  "the table still has every acknowledged write, and nothing older",
  false,
  (run) => run.lookAgain(),
);

function step(phase: StepPhase, name: string, essential: boolean, run: Step["run"]): Step {
  return { phase, name, essential, run };
}

function toStep(phase: StepPhase, check: Check, essential: boolean): Step {
  return {
    ...step(phase, check.name, essential, (run) => check.run(run)),
    goesOnUndecided: true,
  };
}
