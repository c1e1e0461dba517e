import { chooseExperiments, repeat } from "./choose-experiments.ts";
import { assertKnown, isForeign } from "./cli-options.ts";
import type { CliOptions } from "./cli-options.ts";
import type { DrillOptions } from "./drill.ts";
import type { Experiment } from "./harness/experiment.ts";
import { experiments } from "./experiments/index.ts";
import { demand } from "./objectives/demand.ts";
import { loadWorkload } from "./load-workload.ts";
import { openForeign } from "./targets/open-foreign.ts";
import { openPlace } from "./targets/open-place.ts";
import productWorkload from "./workload.ts";
import type { Workload } from "./workload-contract.ts";

/** What is drilled: an application, where it is deployed, and the experiments. */
export type Subject = Pick<
  DrillOptions,
  "workload" | "experiments" | "openTarget" | "lanes" | "close"
>;

/**
 * The application of a workload file, or else the product API of this repository with its catalogue.
 *
 * @throws CannotRunError or UsageError
 */
export async function chooseSubject(
  options: CliOptions,
  where: { readonly reportsDirectory: string; readonly seed: string },
): Promise<Subject> {
  const file = options.workload;
  if (!isForeign(options)) {
    const chosen = demand(chooseExperiments(experiments, options), options);
    const place = await openPlace(options, chosen, where);
    return { ...place, workload: productWorkload as Workload, experiments: chosen };
  }
  const workload = file === undefined ? (productWorkload as Workload) : await loadWorkload(file);
  const place = await openForeign(options, where);
  const { only } = options;
  let chosen: readonly Experiment[];
  try {
    assertKnown(
      only,
      place.experiments.map(({ name }) => name),
    );
    chosen = demand(
      place.experiments.filter(({ name }) => only.length === 0 || only.includes(name)),
      options,
      workload,
    );
  } catch (error) {
    await place.close?.();
    throw error;
  }
  return { ...place, workload, experiments: repeat(chosen, options.repeat) };
}
