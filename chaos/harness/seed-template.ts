import type { ExperimentTemplate } from "../../infra/outputs.ts";
import type { Experiment } from "./experiment.ts";

const ownNamespace = "outage-drill:";

/** The template with dice that come from the seed, in those of its actions that take a seed. */
function seedTemplate(template: ExperimentTemplate, seed: string): ExperimentTemplate {
  return {
    ...template,
    actions: Object.fromEntries(
      Object.entries(template.actions).map(([name, action]) => [
        name,
        action.actionId.startsWith(ownNamespace)
          ? { ...action, parameters: { ...action.parameters, seed: `${seed}/${name}` } }
          : action,
      ]),
    ),
  };
}

/** The experiment with dice of its fault that come from the seed. */
export function seedExperiment(experiment: Experiment, seed: string): Experiment {
  const { name, template } = experiment;
  if (!template) return experiment;
  return {
    ...experiment,
    template(templates) {
      const chosen = template(templates);
      return chosen && seedTemplate(chosen, `${seed}/${name}`);
    },
  };
}
