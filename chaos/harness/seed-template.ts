import type { ExperimentTemplate } from "../../infra/outputs.ts";

const ownNamespace = "outage-drill:";

/** The template with dice that come from the seed, in those of its actions that take a seed. */
export function seedTemplate(template: ExperimentTemplate, seed: string): ExperimentTemplate {
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
