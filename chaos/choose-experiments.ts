import type { CliOptions } from "./cli-options.ts";
import type { Experiment } from "./harness/experiment.ts";

/**
 * Those that were asked for. On a stack that is there: all of them, so that each one that cannot be
 * had on it is named; on a cloud that is started for the drill: those whose templates its stack has.
 */
export function chooseExperiments(
  experiments: readonly Experiment[],
  { only, stack, outputs, rehearseAws }: CliOptions,
): readonly Experiment[] {
  if (only.length > 0) return experiments.filter(({ name }) => only.includes(name));
  if (stack !== undefined || outputs !== undefined) return experiments;
  return experiments.filter(({ template, stackTemplate }) =>
    rehearseAws ? stackTemplate : template,
  );
}
