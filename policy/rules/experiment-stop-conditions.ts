import * as aws from "@pulumi/aws";
import type { PolicyResource } from "@pulumi/policy";
import { type ExperimentTemplate, experimentTemplatesOf } from "../graph/experiment-templates.ts";
import { type Found, follow, ofClass } from "../graph/find.ts";
import { faultedServices } from "../graph/fis.ts";
import { ifKnown, plainIfKnown, UNKNOWN, type Unknown } from "../graph/unknown.ts";
import type { StackRule } from "./rule.ts";

/**
 * Namespaces of metrics that callers feel; a queue's tell of writes that were promised to them.
 * Source: CloudWatch User Guide, "AWS services that publish CloudWatch metrics".
 */
const CUSTOMER_IMPACT = [
  "AWS/ApiGateway",
  "AWS/ApplicationELB",
  "AWS/AppSync",
  "AWS/CloudFront",
  "AWS/SQS",
  "CloudWatchSynthetics",
  "AWS/RUM",
];

export const experimentStopsOnCustomerImpact: StackRule = {
  name: "experiment-stops-on-customer-impact",
  description:
    "Checks that an experiment stops at an alarm on what callers feel, not on what it perturbs.",
  severity: "critical",
  remediationSteps:
    "Add a stop condition aws:cloudwatch:alarm with an alarm on errors or latency that callers see, such as AWS/ApiGateway 5XXError.",
  url: "https://docs.aws.amazon.com/fis/latest/userguide/stop-conditions.html",
  configSchema: {
    properties: {
      namespaces: {
        type: "array",
        items: { type: "string" },
        default: CUSTOMER_IMPACT,
        description: "Namespaces of the metrics that callers feel.",
      },
    },
  },
  validateStack: (args, report) => {
    const { namespaces = CUSTOMER_IMPACT } = args.getConfig<{ namespaces?: string[] }>();
    for (const template of experimentTemplatesOf(args)) {
      const { name, urn } = template.resource;
      const alarms = alarmsOf(args.resources, template);
      if (alarms === UNKNOWN) continue;
      if (alarms.length === 0) {
        report(
          `Experiment ${name} has no alarm as a stop condition, so nothing ends it when callers are hurt. Add a stop condition aws:cloudwatch:alarm.`,
          urn,
        );
        continue;
      }
      const metrics = [...new Set(alarms.flatMap(namespacesOf))];
      const perturbed = metrics.filter((metric) => perturbedNamespaces(template).has(metric));
      if (perturbed.length > 0)
        report(
          `Experiment ${name} stops on ${perturbed.join(", ")}, which it perturbs itself. Take an alarm on what callers feel instead.`,
          urn,
        );
      else if (!metrics.some((metric) => namespaces.includes(metric)))
        report(
          `Experiment ${name} stops on ${metrics.join(", ") || "an alarm of another stack"}, which is not what callers feel. Add an alarm on one of ${namespaces.join(", ")}.`,
          urn,
        );
    }
  },
};

interface Condition {
  readonly source: string | Unknown | undefined;
  readonly value: string | Unknown | undefined;
}

/** @returns the alarms among the stop conditions; those of other stacks are undefined. */
function alarmsOf(
  resources: readonly PolicyResource[],
  { resource: from, props }: ExperimentTemplate,
): (Found<aws.cloudwatch.MetricAlarm> | undefined)[] | typeof UNKNOWN {
  const conditions = ifKnown((): Condition[] =>
    [...props.stopConditions.keys()].map((index) => ({
      source: ifKnown(() => props.stopConditions[index]?.source),
      value: ifKnown(() => props.stopConditions[index]?.value),
    })),
  );
  if (conditions === UNKNOWN) return UNKNOWN;
  const values = conditions
    .filter(({ source }) => source === "aws:cloudwatch:alarm")
    .map(({ value }) => value);
  const known = values
    .filter((value) => value !== UNKNOWN)
    .map((value) =>
      follow(resources, {
        from,
        property: "stopConditions",
        value,
        to: aws.cloudwatch.MetricAlarm,
      }),
    );
  if (!values.includes(UNKNOWN)) return known;
  // A preview cannot tell which of them is which.
  return [
    ...known,
    ...ofClass(from.propertyDependencies.stopConditions ?? [], aws.cloudwatch.MetricAlarm),
  ];
}

function namespacesOf(alarm: Found<aws.cloudwatch.MetricAlarm> | undefined): string[] {
  if (alarm === undefined) return [];
  const { props } = alarm;
  const found = plainIfKnown(() => [
    props.namespace,
    ...(props.metricQueries ?? []).map(({ metric }) => metric?.namespace),
  ]);
  return found === UNKNOWN ? [] : found.filter((namespace) => typeof namespace === "string");
}

/** `aws:dynamodb:…` perturbs the metrics in AWS/DynamoDB. */
function perturbedNamespaces({ props }: ExperimentTemplate): ReadonlySet<string> {
  const actions = plainIfKnown(() => props.actions);
  if (actions === UNKNOWN) return new Set();
  const services = actions.flatMap(({ actionId, parameters = [] }) => {
    const faulted = faultedServices(
      actionId,
      Object.fromEntries(parameters.map(({ key, value }) => [key, value])),
    );
    return faulted === "all" ? [] : [...faulted];
  });
  const names = new Map([
    ["dynamodb", "AWS/DynamoDB"],
    ["lambda", "AWS/Lambda"],
    ["sqs", "AWS/SQS"],
    ["sns", "AWS/SNS"],
    ["apigateway", "AWS/ApiGateway"],
    ["ec2", "AWS/EC2"],
    ["ecs", "AWS/ECS"],
    ["rds", "AWS/RDS"],
    ["s3", "AWS/S3"],
  ]);
  return new Set(services.map((service) => names.get(service) ?? `AWS/${service}`));
}
