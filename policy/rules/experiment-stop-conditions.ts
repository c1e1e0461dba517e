import type * as aws from "@pulumi/aws";
import { experimentTemplatesOf } from "../graph/experiment-templates.ts";
import type { Found } from "../graph/find.ts";
import { type PerturbedServices, perturbedServices } from "../graph/perturbed-services.ts";
import { type StopAlarms, stopAlarmsOf } from "../graph/stop-alarms.ts";
import { plainIfKnown, UNKNOWN, type Unknown } from "../graph/unknown.ts";
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
      const alarms = stopAlarmsOf(args.resources, template);
      if (alarms === UNKNOWN) continue;
      const problem =
        alarms === undefined
          ? "has no alarm as a stop condition, so nothing ends it when callers are hurt. Add a stop condition aws:cloudwatch:alarm."
          : problemOf(
              alarms,
              perturbedNamespaces(perturbedServices(args.resources, template), namespaces),
              namespaces,
            );
      if (problem !== undefined) report(`Experiment ${name} ${problem}`, urn);
    }
  },
};

function problemOf(
  { seen, unseen, partial }: StopAlarms,
  perturbed: ReadonlySet<string>,
  felt: readonly string[],
): string | undefined {
  const watched = seen.map(namespacesOf);
  const metrics = [...new Set(watched.flatMap((of) => (of === UNKNOWN ? [] : of)))];
  const own = metrics.filter((metric) => perturbed.has(metric));
  if (own.length > 0)
    return `stops on ${own.join(", ")}, which it perturbs itself. Take an alarm on what callers feel instead.`;
  if (metrics.some((metric) => felt.includes(metric))) return undefined;
  if (partial || watched.includes(UNKNOWN)) return undefined;
  if (unseen.length > 0)
    return `stops on ${unseen.join(", ")}, which is not in the stack, so nobody sees here what the alarm watches. Declare the alarm in the stack.`;
  return `stops on ${metrics.join(", ") || "an alarm without a metric"}, which is not what callers feel. Add an alarm on one of ${felt.join(", ")}.`;
}

function namespacesOf({ props }: Found<aws.cloudwatch.MetricAlarm>): string[] | Unknown {
  const found = plainIfKnown(() => [
    props.namespace,
    ...(props.metricQueries ?? []).map(({ metric }) => metric?.namespace),
  ]);
  return found === UNKNOWN ? UNKNOWN : found.filter((namespace) => typeof namespace === "string");
}

/** Where a service's name is no part of its namespace as it stands. */
const NAMESPACES: Readonly<Record<string, string>> = {
  dynamodb: "AWS/DynamoDB",
  lambda: "AWS/Lambda",
  sqs: "AWS/SQS",
  sns: "AWS/SNS",
  apigateway: "AWS/ApiGateway",
  ec2: "AWS/EC2",
  ecs: "AWS/ECS",
  rds: "AWS/RDS",
  s3: "AWS/S3",
};

/** What callers feel is not refused on a mere likelihood. */
function perturbedNamespaces(
  { certain, likely }: PerturbedServices,
  felt: readonly string[],
): ReadonlySet<string> {
  const namespaceOf = (service: string) => NAMESPACES[service] ?? `AWS/${service}`;
  return new Set([
    ...certain.map(namespaceOf),
    ...likely.map(namespaceOf).filter((namespace) => !felt.includes(namespace)),
  ]);
}
