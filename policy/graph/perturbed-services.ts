import * as aws from "@pulumi/aws";
import type { PolicyResource } from "@pulumi/policy";
import type { ExperimentTemplate } from "./experiment-templates.ts";
import { ofClass } from "./find.ts";
import { faultedServices } from "./fis.ts";
import { type Runbook, runbookOf, servicesOfRunbook } from "./runbooks.ts";
import { ifKnown, UNKNOWN, type Unknown } from "./unknown.ts";

/** Services that an experiment perturbs, by the prefix of IAM's actions. */
export interface PerturbedServices {
  readonly certain: readonly string[];
  /** In a preview, what a runbook refers to whose content is not known yet. */
  readonly likely: readonly string[];
}

/** Roles are how an experiment reaches a service, and not what callers depend on. */
const MEANS = ["iam", "ssm", "sts", "kms"];

/** @returns what the actions of a template, their targets and their runbooks perturb. */
export function perturbedServices(
  resources: readonly PolicyResource[],
  template: ExperimentTemplate,
): PerturbedServices {
  const actions = actionsOf(template);
  const runbooks = actions.flatMap(({ actionId, parameters }) =>
    actionId.startsWith("aws:ssm:")
      ? runbooksOf(resources, template.resource, parameters.documentArn)
      : [],
  );
  const certain = [
    ...actions.flatMap(({ actionId, parameters }) => servicesOfAction(actionId, parameters)),
    ...targetTypesOf(template).flatMap((type) => type.split(":")[1] ?? []),
    ...runbooks
      .map(servicesOfRunbook)
      .flatMap((services) => (services === UNKNOWN ? [] : services)),
  ];
  const likely = runbooks
    .filter((runbook) => servicesOfRunbook(runbook) === UNKNOWN)
    .flatMap(({ resource }) => resource.propertyDependencies.content ?? [])
    .flatMap(({ type }) => /^aws:(\w+)\//.exec(type)?.[1] ?? []);
  const isNoMeans = (service: string) => !MEANS.includes(service);
  return { certain: certain.filter(isNoMeans), likely: likely.filter(isNoMeans) };
}

type Parameters = Readonly<Record<string, string | Unknown>>;

/** Member by member, because a preview does not know each parameter. */
function actionsOf({ props }: ExperimentTemplate): { actionId: string; parameters: Parameters }[] {
  const actions = ifKnown(() => [...props.actions]);
  if (actions === UNKNOWN) return [];
  return actions.flatMap((action) => {
    const actionId = ifKnown(() => action.actionId);
    const parameters = ifKnown(() => [...(action.parameters ?? [])]);
    if (actionId === UNKNOWN) return [];
    const entries = (parameters === UNKNOWN ? [] : parameters).map(
      (parameter): [string | Unknown, string | Unknown] => [
        ifKnown(() => parameter.key),
        ifKnown(() => parameter.value),
      ],
    );
    return [{ actionId, parameters: Object.fromEntries(entries) as Parameters }];
  });
}

function servicesOfAction(actionId: string, parameters: Parameters): string[] {
  const known = Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== UNKNOWN),
  );
  const faulted = faultedServices(actionId, known);
  const named = [...(known.documentParameters ?? "").matchAll(/\barn:[\w-]+:([\w-]+):/g)];
  return [
    ...(faulted === "all" ? [] : faulted),
    ...named.flatMap(([, service]) => (service === undefined ? [] : [service])),
  ];
}

function runbooksOf(
  resources: readonly PolicyResource[],
  template: PolicyResource,
  arn: string | Unknown | undefined,
): Runbook[] {
  if (arn === undefined) return [];
  if (arn === UNKNOWN)
    return ofClass(template.propertyDependencies.actions ?? [], aws.ssm.Document);
  return [runbookOf(resources, arn) ?? []].flat();
}

function targetTypesOf({ props }: ExperimentTemplate): string[] {
  const targets = ifKnown(() => [...(props.targets ?? [])]);
  if (targets === UNKNOWN) return [];
  return targets
    .map((target) => ifKnown(() => target.resourceType))
    .filter((type): type is string => type !== UNKNOWN);
}
