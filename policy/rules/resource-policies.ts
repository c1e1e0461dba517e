import * as aws from "@pulumi/aws";
import {
  type PolicyResource,
  type ReportViolation,
  type ResourceValidation,
  validateResourceOfType,
} from "@pulumi/policy";
import {
  allowing,
  hasHiddenCondition,
  listOf,
  parseStatements,
  type Statement,
} from "../graph/documents.ts";
import { ofClass } from "../graph/find.ts";
import { ifKnown } from "../graph/unknown.ts";
import { hiddenDocumentOf } from "../graph/published.ts";
import type { ResourceRule, StackRule } from "./rule.ts";

/** IAM User Guide, "AWS global condition context keys", those that name who a service acts for. */
const SOURCE_KEYS = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:principalarn"];
const WILDCARD = /[*?]/;
const EXPLANATION = {
  severity: "high",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
} as const;

export const queuePolicyNamesItsSource: ResourceRule & StackRule = {
  name: "queue-policy-names-its-source",
  description: "Checks that a queue takes messages from named sources only.",
  remediationSteps:
    'Add the condition {"ArnEquals": {"aws:SourceArn": ARN of the topic}} to each Allow statement.',
  ...EXPLANATION,
  validateResource: [
    validateResourceOfType(aws.sqs.QueuePolicy, ({ policy }, args, report) => {
      check(`Queue policy ${args.name}`, policy, report);
    }),
    validateResourceOfType(aws.sqs.Queue, (queue, args, report) => {
      check(
        `The policy of queue ${args.name}`,
        ifKnown(() => queue.policy),
        report,
      );
    }),
  ].map(overUnknown),
  validateStack: ({ resources }, report) => {
    checkHidden("Queue policy", ofClass(resources, aws.sqs.QueuePolicy), report);
    checkHidden("The policy of queue", ofClass(resources, aws.sqs.Queue), report);
  },
};

export const topicPolicyNamesItsSource: ResourceRule & StackRule = {
  name: "topic-policy-names-its-source",
  description: "Checks that a topic takes messages from named sources only.",
  remediationSteps:
    'Add the condition {"ArnEquals": {"aws:SourceArn": ARN of the sender}} to each Allow statement.',
  ...EXPLANATION,
  validateResource: [
    validateResourceOfType(aws.sns.TopicPolicy, ({ policy }, args, report) => {
      check(`Topic policy ${args.name}`, policy, report);
    }),
    validateResourceOfType(aws.sns.Topic, (topic, args, report) => {
      check(
        `The policy of topic ${args.name}`,
        ifKnown(() => topic.policy),
        report,
      );
    }),
  ].map(overUnknown),
  validateStack: ({ resources }, report) => {
    checkHidden("Topic policy", ofClass(resources, aws.sns.TopicPolicy), report);
    checkHidden("The policy of topic", ofClass(resources, aws.sns.Topic), report);
  },
};

/** In a preview the ARNs in a document are unknown, and with them the document. */
function overUnknown(validation: ResourceValidation): ResourceValidation {
  return (args, report) => {
    ifKnown(() => void validation(args, report));
  };
}

/** What the component around a resource says of a document that a preview does not know. */
function checkHidden(
  what: string,
  found: readonly { resource: PolicyResource }[],
  report: ReportViolation,
): void {
  for (const { resource } of found)
    check(`${what} ${resource.name}`, hiddenDocumentOf(resource, "policy"), (message) => {
      report(message, resource.urn);
    });
}

function check(what: string, policy: unknown, report: (message: string) => void): void {
  for (const statement of allowing(parseStatements(policy) ?? [])) {
    const opened = openTo(statement);
    if (opened === undefined || namesSource(statement)) continue;
    report(
      `${what} lets ${opened} call ${callsOf(statement)} whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.`,
    );
  }
}

function callsOf({ Action, NotAction }: Statement): string {
  return NotAction === undefined
    ? listOf(Action).join(", ")
    : `anything but ${listOf(NotAction).join(", ")}`;
}

/** @returns the service, or everyone, that a statement lets in; undefined for named principals. */
function openTo({ Principal, NotPrincipal }: Statement): string | undefined {
  if (NotPrincipal !== undefined) return "everyone but a few";
  if (Principal === "*") return "everyone";
  if (typeof Principal !== "object") return undefined;
  if ([Principal.AWS].flat().includes("*")) return "everyone";
  return Principal.Service === undefined ? undefined : [Principal.Service].flat().join(", ");
}

function namesSource(statement: Statement): boolean {
  if (hasHiddenCondition(statement)) return true;
  return Object.entries(statement.Condition ?? {}).some(
    ([operator, keys]) =>
      !/not|null/i.test(operator) &&
      Object.entries(keys).some(([key, values]) => isNamed(key.toLowerCase(), listOf(values))),
  );
}

/** @param values any of which a caller may have; none where a preview does not know them. */
function isNamed(key: string, values: string[]): boolean {
  if (!SOURCE_KEYS.includes(key)) return false;
  return values.every(key.endsWith("arn") ? namesResource : (value) => !WILDCARD.test(value));
}

/** ARNs of buckets and of REST APIs have no account, so that only their name says whose they are. */
function namesResource(arn: string): boolean {
  const [, , , , account = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (account === "") return resource !== "" && !WILDCARD.test(resource);
  return !WILDCARD.test(account) && /[^*?]/.test(resource);
}
