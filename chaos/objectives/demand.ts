import { nearest } from "../../command-line/nearest.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import type { Experiment, ExperimentLoad, LoadPhase } from "../harness/experiment.ts";
import type { Workload } from "../workload-contract.ts";
import type { ObjectiveOptions } from "./options.ts";
import { parseObjective } from "./parse-objective.ts";

/** More cannot be judged within the memory of one process. */
const mostRequests = 1_000_000;

/** A message waits up to 10 minutes for its next try, and no longer than it has been failing. */
const longestRetryMs = 10 * 60_000;

/**
 * The experiments with what the command line and the workload demand of them, and with the load that the
 * command line asks for.
 *
 * @throws UsageError
 */
export function demand(
  experiments: readonly Experiment[],
  { objective, rate, durationMs }: Pick<ObjectiveOptions, "objective" | "rate" | "durationMs">,
  workload: Pick<Workload, "objectives"> = {},
): readonly Experiment[] {
  const further = [...(workload.objectives ?? []), ...objective].map(parseObjective);
  const names = experiments.map(({ name }) => name);
  for (const { experiment, text } of further) assertRuns(experiment, text, names);
  return experiments.map((each) => {
    const own = (each.objectives ?? []).map(parseObjective);
    const mine = [...own, ...further].filter(
      ({ experiment = each.name }) => experiment === each.name,
    );
    const load = withDuration(withRate(each.load, rate), durationMs);
    assertJudgeable(each.name, load);
    return {
      ...each,
      load,
      drainDeadlineMs: each.drainDeadlineMs + Math.min(durationMs ?? 0, longestRetryMs),
      objectives: [...new Set(mine.map(({ text }) => text))],
    };
  });
}

function withRate(load: ExperimentLoad, rate: number | undefined): ExperimentLoad {
  if (rate === undefined) return load;
  const scaled = (phase: LoadPhase): LoadPhase => {
    const all = phase.writesPerSecond + phase.readsPerSecond;
    if (all === 0) return phase;
    return {
      ...phase,
      writesPerSecond: (rate * phase.writesPerSecond) / all,
      readsPerSecond: (rate * phase.readsPerSecond) / all,
    };
  };
  return {
    ...load,
    before: scaled(load.before),
    during: scaled(load.during),
    after: scaled(load.after),
  };
}

function withDuration(load: ExperimentLoad, durationMs: number | undefined): ExperimentLoad {
  return durationMs === undefined ? load : { ...load, during: { ...load.during, durationMs } };
}

function assertJudgeable(name: string, { before, during, after }: ExperimentLoad): void {
  const requests = [before, during, after].reduce(
    (sum, { durationMs, writesPerSecond, readsPerSecond }) =>
      sum + (durationMs / 1000) * (writesPerSecond + readsPerSecond),
    0,
  );
  if (requests > mostRequests)
    throw new UsageError(
      `${name} would send ${requests.toFixed(0)} requests, and ${String(mostRequests)} are the most that one run can judge; give a lower --rate or a shorter --duration.`,
    );
}

function assertRuns(experiment: string | undefined, text: string, names: readonly string[]): void {
  if (experiment === undefined || names.includes(experiment)) return;
  const meant = nearest(experiment, names);
  throw new UsageError(
    `Objective ${text} is for the experiment "${experiment}", which does not run; ` +
      (meant === undefined ? `these do: ${names.join(", ")}.` : `did you mean ${meant}?`),
  );
}
