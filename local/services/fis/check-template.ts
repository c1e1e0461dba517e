import { ParameterError, type ActionPlan, type FisAction } from "./actions/action.ts";
import type { ActionCatalogue } from "./actions/catalogue.ts";
import { quotaError, validationError } from "./errors.ts";
import { checkOrder } from "./check-order.ts";
import type { TargetResolver } from "./resolve-targets.ts";
import type { TemplateAction, TemplateDefinition } from "./template-schema.ts";

/** FIS quotas. */
const mostActions = 20;

export interface CheckTemplateOptions {
  readonly catalogue: ActionCatalogue;
  readonly targets: TargetResolver;
}

/**
 * Checks what the schema cannot say, and plans every action, so that a template that was accepted
 * can be started. Throws ValidationException, ResourceNotFoundException for an unknown action, and
 * ServiceQuotaExceededException.
 */
export function checkTemplate(
  template: TemplateDefinition,
  { catalogue, targets }: CheckTemplateOptions,
): void {
  checkStopConditions(template);
  if (template.experimentReportConfiguration !== undefined)
    throw validationError(
      "experimentReportConfiguration is not served here: no report would be written. Leave it out.",
    );
  if (template.logConfiguration?.s3Configuration)
    throw validationError(
      "logConfiguration.s3Configuration is not served here: nothing would be written to the bucket. Use cloudWatchLogsConfiguration.",
    );
  for (const [name, target] of Object.entries(template.targets)) targets.check(name, target);

  const actions = Object.entries(template.actions);
  if (actions.length === 0) throw validationError("A template needs at least one action.");
  if (actions.length > mostActions)
    throw quotaError(`A template can have ${String(mostActions)} actions, not more.`);
  const plans = new Map<string, ActionPlan>();
  for (const [name, action] of actions) {
    const kind = catalogue.find(action.actionId);
    checkTargets(name, action, kind, template);
    plans.set(name, planAction(name, action, kind));
  }
  checkOrder(template.actions, plans);
}

/** What an action of a template does. Throws ValidationException that names the action. */
export function planAction(name: string, action: TemplateAction, kind: FisAction): ActionPlan {
  const parameters = action.parameters ?? {};
  const fail = (problem: string) => validationError(`Action ${name} (${kind.id}): ${problem}.`);
  const unknown = Object.keys(parameters).find((key) => !Object.hasOwn(kind.parameters, key));
  if (unknown !== undefined) {
    const known = Object.keys(kind.parameters).join(", ") || "none";
    throw fail(`unknown parameter ${unknown}; its parameters are: ${known}`);
  }
  const missing = Object.entries(kind.parameters).find(
    ([key, { required }]) => required && !Object.hasOwn(parameters, key),
  );
  if (missing) throw fail(`the parameter ${missing[0]} is missing`);
  try {
    return kind.plan(parameters);
  } catch (error) {
    if (error instanceof ParameterError) throw fail(error.message);
    throw error;
  }
}

function checkStopConditions({ stopConditions }: TemplateDefinition): void {
  for (const { source, value } of stopConditions) {
    if (source === "none" && value !== undefined)
      throw validationError("A stop condition with the source none takes no value.");
    if (source === "aws:cloudwatch:alarm" && value === undefined)
      throw validationError(
        "A stop condition with the source aws:cloudwatch:alarm needs the ARN of an alarm as its value.",
      );
    if (source !== "none" && source !== "aws:cloudwatch:alarm")
      throw validationError(
        `The source of a stop condition must be none or aws:cloudwatch:alarm, not "${source}".`,
      );
  }
}

function checkTargets(
  name: string,
  { targets: given = {} }: TemplateAction,
  kind: FisAction,
  template: TemplateDefinition,
): void {
  for (const [key, targetName] of Object.entries(given)) {
    const resourceType = Object.hasOwn(kind.targets, key) ? kind.targets[key] : undefined;
    if (resourceType === undefined && !kind.takesAnyTarget)
      throw validationError(`Unexpected target "${key}" found in action ${name}.`);
    const target = Object.hasOwn(template.targets, targetName)
      ? template.targets[targetName]
      : undefined;
    if (!target)
      throw validationError(`Action ${name} uses the target ${targetName}, which is not there.`);
    if (resourceType !== undefined && target.resourceType !== resourceType)
      throw validationError(
        `Action ${name} needs ${resourceType} as its target ${key}, not ${target.resourceType}.`,
      );
  }
  const missing = Object.keys(kind.targets).find((key) => !Object.hasOwn(given, key));
  if (missing !== undefined)
    throw validationError(`Action ${name} (${kind.id}): the target ${missing} is missing.`);
}
