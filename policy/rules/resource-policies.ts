import * as aws from "@pulumi/aws";
import { type ResourceValidation, validateResourceOfType } from "@pulumi/policy";
import {
  allowing,
  hasHiddenCondition,
  parseStatements,
  type Statement,
} from "../graph/documents.ts";
import { ifKnown } from "../graph/unknown.ts";
import type { ResourceRule } from "./rule.ts";

/** IAM User Guide, "AWS global condition context keys", those that name who a service acts for. */
const SOURCE_KEYS = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:principalarn"];
const EXPLANATION = {
  severity: "high",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
} as const;

export const queuePolicyNamesItsSource: ResourceRule = {
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
};

export const topicPolicyNamesItsSource: ResourceRule = {
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
};

/** In a preview the ARNs in a document are unknown, and with them the document. */
function overUnknown(validation: ResourceValidation): ResourceValidation {
  return (args, report) => {
    ifKnown(() => void validation(args, report));
  };
}

function check(what: string, policy: unknown, report: (message: string) => void): void {
  for (const statement of allowing(parseStatements(policy) ?? [])) {
    const opened = openTo(statement);
    if (opened === undefined || namesSource(statement)) continue;
    report(
      `${what} lets ${opened} call ${String(statement.Action)} whoever it acts for. Add a condition on aws:SourceArn to that statement.`,
    );
  }
}

/** @returns the service, or everyone, that a statement lets in; undefined for named principals. */
function openTo({ Principal }: Statement): string | undefined {
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
      Object.entries(keys).some(
        ([key, values]) =>
          SOURCE_KEYS.includes(key.toLowerCase()) && ![values].flat().includes("*"),
      ),
  );
}
