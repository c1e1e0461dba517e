import { randomUUID } from "node:crypto";
import { Conductor } from "../../../chaos/harness/conductor.ts";
import type { Experiment, LoadPhase } from "../../../chaos/harness/experiment.ts";
import { ExperimentRun } from "../../../chaos/harness/experiment-run.ts";
import type { Journal } from "../../../chaos/harness/journal.ts";
import { stepsOf } from "../../../chaos/harness/steps.ts";
import type { Step } from "../../../chaos/harness/steps.ts";
import type { Target } from "../../../chaos/harness/target.ts";
import type { Workload } from "../../../chaos/workload-contract.ts";
import workload from "../../../chaos/workload.ts";

/** Runs an experiment as a drill does, up to the second look, which takes six seconds more. */
export async function conduct(
  experiment: Experiment,
  target: Target,
  furtherSteps: readonly Step[] = [],
): Promise<Journal> {
  const conductor = new Conductor(
    new ExperimentRun(experiment, target, { workload: workload as Workload, seed: randomUUID() }),
  );
  for (const step of [...stepsOf(experiment), ...furtherSteps]) await conductor.execute(step);
  return conductor.finish();
}

/** The experiment with shorter phases. */
export function hurry(experiment: Experiment): Experiment {
  const shorter = (phase: LoadPhase, durationMs = 300, writesPerSecond = 60) => ({
    ...phase,
    durationMs,
    writesPerSecond,
  });
  const { load } = experiment;
  return {
    ...experiment,
    load: {
      ...load,
      before: shorter(load.before, 700),
      // Enough for several writes of each class of keys, whichever the seed picks.
      during: shorter(load.during, 1_000, 120),
      after: shorter(load.after),
    },
  };
}
