import { randomUUID } from "node:crypto";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { QueryInput, QueryOperation } from "../query-service.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import type { PublishedMessage } from "./published-message.ts";
import { checkBytes, readPublish } from "./read-publish.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Published, Topic } from "./topic.ts";
import type { TopicRegistry } from "./topic-registry.ts";

const maxEntries = 10;

/** Publish and PublishBatch: what is acknowledged is delivered, however long that takes. */
export function createPublish(
  topics: TopicRegistry,
  subscriptions: Subscriptions,
): Readonly<Record<"Publish" | "PublishBatch", QueryOperation>> {
  function accept(topic: Topic, message: PublishedMessage): Published {
    const key = deduplicationKey(topic, message);
    const before = key === undefined ? undefined : topic.accepted.find(key);
    if (before) return before;
    const published: Published = {
      MessageId: randomUUID(),
      ...(topic.isFifo && { SequenceNumber: topic.nextSequenceNumber() }),
    };
    if (key !== undefined) topic.accepted.add(key, published);
    subscriptions.deliver(topic.arn, message, published);
    return published;
  }

  return {
    Publish(input, call) {
      const topic = topics.get(topicArnOf(input), call);
      const { message, bytes } = readPublish(input, "", topic);
      checkBytes(bytes, false);
      return { ...accept(topic, message) };
    },

    PublishBatch(input, call: AwsCall) {
      const topic = topics.get(topicArnOf(input), call);
      // All of them are checked before the first is accepted.
      const read = readEntries(input).map(({ Id, prefix }) => ({
        Id,
        ...readPublish(input, prefix, topic),
      }));
      checkBytes(
        read.reduce((sum, { bytes }) => sum + bytes, 0),
        true,
      );
      return {
        Successful: read.map(({ Id, message }) => ({ Id, ...accept(topic, message) })),
        Failed: [],
      };
    },
  };
}

/** A topic may also be named as the target. Source: SNS API, Publish. */
function topicArnOf({ TopicArn, TargetArn }: QueryInput): string {
  const arn = TopicArn ?? TargetArn;
  if (arn === undefined)
    throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  return arn;
}

/** Source: SNS API, CreateTopic, FifoThroughputScope. */
function deduplicationKey(
  topic: Topic,
  { groupId, deduplicationId }: PublishedMessage,
): string | undefined {
  if (deduplicationId === undefined) return undefined;
  const isPerGroup = topic.attributes.get("FifoThroughputScope") === "MessageGroup";
  return isPerGroup ? `${groupId ?? ""} ${deduplicationId}` : deduplicationId;
}

/** What SNS refuses of a batch as a whole. Source: SNS API, PublishBatch. */
function readEntries(input: QueryInput): { Id: string; prefix: string }[] {
  const entries: { Id: string; prefix: string }[] = [];
  const ids = new Set<string>();
  const prefixes = new Set<string>();
  for (const name of Object.keys(input)) {
    const prefix = /^PublishBatchRequestEntries\.member\.\d+\./.exec(name)?.[0];
    if (prefix !== undefined) prefixes.add(prefix);
  }
  for (const prefix of prefixes) {
    const Id = input[`${prefix}Id`] ?? "";
    if (!/^[\w-]{1,80}$/.test(Id))
      throw new AwsError(
        "InvalidBatchEntryId",
        "The Id of a batch entry in a batch request doesn't abide by the specification.",
      );
    if (ids.has(Id))
      throw new AwsError(
        "BatchEntryIdsNotDistinct",
        "Two or more batch entries in the request have the same Id.",
      );
    ids.add(Id);
    entries.push({ Id, prefix });
  }
  if (entries.length === 0)
    throw new AwsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (entries.length > maxEntries)
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      "The batch request contains more entries than permissible.",
    );
  return entries;
}
