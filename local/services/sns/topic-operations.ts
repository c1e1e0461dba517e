import type { AwsCall } from "../../wire/aws-call.ts";
import type { QueryInput, QueryOperation } from "../query-service.ts";
import { checkTopicAttributes } from "./check-topic-attributes.ts";
import { defaultTopicPolicy } from "./default-topic-policy.ts";
import { effectiveDeliveryPolicy } from "./effective-delivery-policy.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import { readMapEntries } from "./map-entries.ts";
import { pageOf } from "./page-of.ts";
import { haveSameTexts } from "./subscription-attributes.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { Topic } from "./topic.ts";
import { checkTopicArn, type TopicRegistry } from "./topic-registry.ts";
import { readTags } from "./topic-tags.ts";

type Operation =
  "CreateTopic" | "DeleteTopic" | "GetTopicAttributes" | "ListTopics" | "SetTopicAttributes";

const fifoName = /^[\w-]{1,251}\.fifo$/;
const name = /^[\w-]{1,256}$/;

/** What creates, changes, shows and deletes topics. */
export function createTopicOperations(
  topics: TopicRegistry,
  subscriptions: Subscriptions,
): Readonly<Record<Operation, QueryOperation>> {
  return {
    CreateTopic(input, call) {
      const { Name = "" } = input;
      const given = readMapEntries(input, "Attributes");
      const isFifo = given.get("FifoTopic")?.toLowerCase() === "true";
      checkName(Name, isFifo);
      const attributes = checkTopicAttributes(given, { isFifo, where: "Attributes Reason: " });
      const tags = readTags(input);
      const { region, accountId } = call;
      const arn = `arn:aws:sns:${region}:${accountId}:${Name}`;
      const existing = topics.find(arn);
      if (existing) checkSame(existing, attributes, tags);
      else topics.add(new Topic({ name: Name, arn, region, accountId, attributes, tags }));
      return { TopicArn: arn };
    },

    DeleteTopic({ TopicArn = "" }, call) {
      checkTopicArn(TopicArn, call);
      topics.remove(TopicArn);
      subscriptions.removeTopic(TopicArn);
      return undefined;
    },

    GetTopicAttributes: ({ TopicArn = "" }, call) => ({
      Attributes: showAttributes(topics.get(TopicArn, call), subscriptions),
    }),

    SetTopicAttributes(input: QueryInput, call: AwsCall) {
      const topic = topics.get(input["TopicArn"] ?? "", call);
      const { AttributeName = "", AttributeValue = "" } = input;
      if (AttributeName === "FifoTopic") throw invalidParameter("AttributeName");
      const { isFifo } = topic;
      const given = new Map([[AttributeName, AttributeValue]]);
      for (const [key, value] of checkTopicAttributes(given, { isFifo, where: "" }))
        if (value === "") topic.attributes.delete(key);
        else topic.attributes.set(key, value);
      return undefined;
    },

    ListTopics(input, call) {
      const { page, NextToken } = pageOf(topics.ofRegion(call.region), input["NextToken"]);
      return { Topics: page.map(({ arn }) => ({ TopicArn: arn })), NextToken };
    },
  };
}

/** Source: SNS API, CreateTopic, Name. */
function checkName(topicName: string, isFifo: boolean): void {
  if (isFifo && !fifoName.test(topicName))
    throw invalidParameter(
      "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.",
    );
  if (!isFifo && !name.test(topicName)) throw invalidParameter("Topic Name");
}

function checkSame(
  existing: Topic,
  attributes: ReadonlyMap<string, string>,
  tags: ReadonlyMap<string, string>,
): void {
  if (!haveSameTexts(attributes, (key) => existing.attributes.get(key) ?? defaults[key] ?? ""))
    throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
  if ([...tags].some(([key, value]) => existing.tags.get(key) !== value))
    throw invalidParameter("Tags Reason: Topic already exists with different tags");
}

const defaults: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: "false",
  FifoThroughputScope: "Topic",
  FifoTopic: "false",
  SignatureVersion: "1",
  TracingConfig: "PassThrough",
};

function showAttributes(topic: Topic, subscriptions: Subscriptions): Map<string, string> {
  return new Map([
    ["TopicArn", topic.arn],
    ["Owner", topic.accountId],
    ["Policy", defaultTopicPolicy(topic.arn)],
    ["DisplayName", ""],
    ["SubscriptionsConfirmed", String(subscriptions.ofTopic(topic.arn).length)],
    ["SubscriptionsPending", "0"],
    ["SubscriptionsDeleted", String(subscriptions.deletedOf(topic.arn))],
    ["EffectiveDeliveryPolicy", effectiveDeliveryPolicy],
    ...(topic.isFifo
      ? ([
          ["ContentBasedDeduplication", "false"],
          ["FifoThroughputScope", "Topic"],
        ] as const)
      : []),
    ...topic.attributes,
  ]);
}
