import type { StackResource } from "../harness/target.ts";

/** Services that hold or carry data, by the prefixes of their IAM actions. */
const dataServices = [
  "dynamodb",
  "s3",
  "sqs",
  "sns",
  "kinesis",
  "events",
  "states",
  "lambda",
] as const;

/** Types of resources that a policy on everything would reach, and their services. */
const serviceOfType: Readonly<Record<string, string>> = {
  "aws:dynamodb/table": "dynamodb",
  "aws:s3/bucket": "s3",
  "aws:sqs/queue": "sqs",
  "aws:sns/topic": "sns",
  "aws:kinesis/stream": "kinesis",
  "aws:cloudwatch/eventBus": "events",
  "aws:cloudwatch/eventRule": "events",
};

/**
 * The services that the program's functions may call or are fed from: those that its policies name, and
 * those of its event sources. Where a policy allows everything, or is AWS's own, those of its resources
 * count.
 */
export function servicesOf(resources: readonly StackResource[]): readonly string[] {
  const there = new Set(resources.flatMap(({ type }) => serviceOf(type) ?? []));
  const named = new Set<string>();
  for (const { type, outputs } of resources) {
    if (type.startsWith("aws:lambda/eventSourceMapping:"))
      addIfData(named, serviceOfArn(outputs["eventSourceArn"]));
    // A rule delivers by calls to the service of its target, which faults hit.
    if (type.startsWith("aws:cloudwatch/eventTarget:"))
      addIfData(named, serviceOfArn(outputs["arn"]));
    if (type.startsWith("aws:cloudwatch/eventRule:") && outputs["eventPattern"] !== undefined)
      named.add("events");
    if (type.startsWith("aws:s3/bucketNotification:"))
      for (const arn of ["arn:aws:s3:::", ...targetsOf(outputs)])
        addIfData(named, serviceOfArn(arn));
    if (!type.startsWith("aws:iam/")) continue;
    for (const action of actionsOf(outputs)) {
      const [prefix = ""] = action.toLowerCase().split(":");
      if (prefix === "*") for (const service of there) named.add(service);
      else addIfData(named, prefix);
    }
    for (const arn of managedPoliciesOf(outputs))
      for (const service of servicesOfManaged(arn, there)) named.add(service);
  }
  // What a program neither names nor has is another account's matter, or nobody's.
  return dataServices.filter(
    (service) => named.has(service) && (there.has(service) || service !== "lambda"),
  );
}

function addIfData(named: Set<string>, service: string | undefined): void {
  if ((dataServices as readonly (string | undefined)[]).includes(service))
    named.add(String(service));
}

function serviceOf(type: string): string | undefined {
  const [, service] =
    Object.entries(serviceOfType).find(([prefix]) => type.startsWith(prefix)) ?? [];
  return service;
}

function serviceOfArn(arn: unknown): string | undefined {
  return typeof arn === "string" ? arn.split(":")[2] : undefined;
}

/** The queues, topics and functions that a bucket tells. */
function targetsOf({ queues, topics, lambdaFunctions }: Readonly<Record<string, unknown>>) {
  return [queues, topics, lambdaFunctions].flatMap((list) =>
    Array.isArray(list)
      ? (list as Readonly<Record<string, unknown>>[]).map(
          ({ queueArn, topicArn, lambdaFunctionArn }) => queueArn ?? topicArn ?? lambdaFunctionArn,
        )
      : [],
  );
}

/** Of every policy document in the outputs of an IAM resource. */
function actionsOf(outputs: Readonly<Record<string, unknown>>): string[] {
  const documents = [
    outputs["policy"],
    ...(Array.isArray(outputs["inlinePolicies"])
      ? (outputs["inlinePolicies"] as { policy?: unknown }[]).map(({ policy }) => policy)
      : []),
  ];
  return documents.flatMap((document) => {
    const statements = parse(document)?.Statement ?? [];
    return (Array.isArray(statements) ? statements : [statements]).flatMap((statement) => {
      const { Effect, Action = [] } = statement as { Effect?: string; Action?: string | string[] };
      return Effect === "Allow" ? Action : [];
    });
  });
}

function parse(document: unknown): { readonly Statement?: unknown } | undefined {
  if (typeof document !== "string") return document as { readonly Statement?: unknown } | undefined;
  try {
    return JSON.parse(document) as { readonly Statement?: unknown };
  } catch {
    return undefined;
  }
}

function managedPoliciesOf({ policyArn, managedPolicyArns }: Readonly<Record<string, unknown>>) {
  const all = [
    policyArn,
    ...(Array.isArray(managedPolicyArns) ? (managedPolicyArns as unknown[]) : []),
  ];
  return all.filter((arn): arn is string => typeof arn === "string" && arn.includes("iam::aws:"));
}

/** AWS's policies are named after the services that they open, or open all that functions use. */
function servicesOfManaged(arn: string, there: ReadonlySet<string>): string[] {
  const name = arn.split("/").at(-1)?.toLowerCase() ?? "";
  if (/administrator|poweruser|lambda_?fullaccess/.test(name)) return [...there];
  if (name.includes("dynamodb")) return ["dynamodb"];
  return [...there].filter((service) =>
    name.includes(service === "events" ? "eventbridge" : service),
  );
}
