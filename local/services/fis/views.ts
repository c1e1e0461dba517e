import type { FisAction } from "./actions/action.ts";
import type { Experiment } from "./experiment-store.ts";
import { fisArn } from "./ids.ts";
import type { Template } from "./template-store.ts";
import type { TemplateDefinition } from "./template-schema.ts";

/** The shapes of the FIS service model. A member that is undefined is left out of the JSON. */

/** rest-json writes a timestamp as epoch seconds with a fraction. */
function toEpochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

export function templateArn(template: Template, accountId: string): string {
  return fisArn(template.region, accountId, `experiment-template/${template.id}`);
}

export function viewTemplateSummary(template: Template, accountId: string) {
  return {
    id: template.id,
    arn: templateArn(template, accountId),
    description: template.definition.description,
    creationTime: toEpochSeconds(template.creationTime),
    lastUpdateTime: toEpochSeconds(template.lastUpdateTime),
    tags: template.tags,
  };
}

export function viewTemplate(template: Template, accountId: string) {
  return {
    ...viewTemplateSummary(template, accountId),
    ...viewDefinition(template.definition),
    actions: template.definition.actions,
    experimentOptions: viewOptions(template.definition),
    targetAccountConfigurationsCount: 0,
  };
}

function viewDefinition({
  targets,
  stopConditions,
  roleArn,
  logConfiguration,
}: TemplateDefinition) {
  return { targets, stopConditions, roleArn, logConfiguration };
}

function viewOptions({ emptyTargetResolutionMode }: TemplateDefinition) {
  return { accountTargeting: "single-account", emptyTargetResolutionMode };
}

export function experimentArn(experiment: Experiment, accountId: string): string {
  return fisArn(experiment.region, accountId, `experiment/${experiment.id}`);
}

export function viewExperimentSummary(experiment: Experiment, accountId: string) {
  return {
    id: experiment.id,
    arn: experimentArn(experiment, accountId),
    experimentTemplateId: experiment.templateId,
    state: experiment.state,
    creationTime: toEpochSeconds(experiment.creationTime),
    tags: experiment.tags,
    experimentOptions: {
      ...viewOptions(experiment.definition),
      actionsMode: experiment.actionsMode,
    },
  };
}

export function viewExperiment(experiment: Experiment, accountId: string) {
  return {
    ...viewExperimentSummary(experiment, accountId),
    ...viewDefinition(experiment.definition),
    actions: Object.fromEntries(
      [...experiment.actions].map(([name, action]) => [
        name,
        {
          ...action.definition,
          state: action.state,
          startTime: action.startTime && toEpochSeconds(action.startTime),
          endTime: action.endTime && toEpochSeconds(action.endTime),
        },
      ]),
    ),
    startTime: experiment.startTime && toEpochSeconds(experiment.startTime),
    endTime: experiment.endTime && toEpochSeconds(experiment.endTime),
    targetAccountConfigurationsCount: 0,
  };
}

export function viewActionSummary(action: FisAction, region: string) {
  return {
    id: action.id,
    // The actions are AWS's own: their ARNs name no account.
    arn: fisArn(region, "", `action/${action.id}`),
    description: action.description,
    targets: Object.fromEntries(
      Object.entries(action.targets).map(([key, resourceType]) => [key, { resourceType }]),
    ),
    tags: {},
  };
}

export function viewAction(action: FisAction, region: string) {
  return { ...viewActionSummary(action, region), parameters: action.parameters };
}
