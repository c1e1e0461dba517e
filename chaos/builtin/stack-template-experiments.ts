import type { Experiment } from "../harness/experiment.ts";
import { foreignExperiment } from "./foreign-experiment.ts";

/** An experiment for each FIS template that the stack exports in its output `experimentTemplateIds`. */
export function stackTemplateExperiments(
  ids: Readonly<Record<string, string>>,
): readonly Experiment[] {
  return Object.keys(ids).map((scenario) => {
    const title = `the stack's FIS template "${scenario}" is in effect`;
    return {
      ...foreignExperiment({ name: scenario, title }),
      stackTemplate: { scenario, failure: title },
    };
  });
}
