import type { CliOptions } from "./cli-options.ts";
import type { Experiment } from "./harness/experiment.ts";

/**
 * The experiments that were asked for, each as often as it is to run. On an existing stack: the
 * standard set, or all with `--all`, so that each one that cannot run there is named; on a cloud that
 * is started for the drill: those of them whose templates its stack has.
 */
export function chooseExperiments(
  experiments: readonly Experiment[],
  options: Pick<CliOptions, "only" | "all" | "repeat" | "stack" | "outputs" | "rehearseAws">,
): readonly Experiment[] {
  return repeat(choose(experiments, options), options.repeat);
}

/** Each of them so often. */
export function repeat(chosen: readonly Experiment[], times: number): readonly Experiment[] {
  return Array.from({ length: times }, (_, index) =>
    chosen.map((each) => (index === 0 ? each : { ...each, repetition: index + 1 })),
  ).flat();
}

function choose(
  experiments: readonly Experiment[],
  { only, all, stack, outputs, rehearseAws }: Parameters<typeof chooseExperiments>[1],
): readonly Experiment[] {
  if (only.length > 0) return experiments.filter(({ name }) => only.includes(name));
  if (rehearseAws) return experiments.filter(({ stackTemplate }) => stackTemplate);
  const set = all ? experiments : experiments.filter(({ inStandardSet }) => inStandardSet);
  if (stack !== undefined || outputs !== undefined) return set;
  return set.filter(({ template }) => template);
}
