import { hash } from "node:crypto";
import { AwsError } from "../../wire/aws-error.ts";
import type { MessageAttribute } from "../sqs/message-attributes.ts";
import { isMessageText } from "../sqs/message-text.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import { checkPublishAttributes } from "./publish-attributes.ts";
import type { PublishedMessage } from "./published-message.ts";
import { readBodies } from "./read-bodies.ts";
import type { Topic } from "./topic.ts";

type Form = Readonly<Record<string, string>>;

/** Most bytes of a message and its attributes, and of a batch. Source: SNS API, Publish; SNS quotas. */
export const maxMessageBytes = 262_144;
const maxSubjectLength = 100;

export interface ReadMessage {
  readonly message: PublishedMessage;
  /** Of the message and its attributes. */
  readonly bytes: number;
}

/**
 * One message of a Publish or PublishBatch. What no queue would accept is refused, because nobody
 * could be told later. Throws an AwsError in SNS's words.
 *
 * @param prefix of the message's parameters: empty, or that of an entry of a batch
 */
export function readPublish(form: Form, prefix: string, topic: Topic): ReadMessage {
  const of = (name: string) => form[prefix + name];
  const text = of("Message") ?? "";
  if (text === "") throw invalidParameter("Empty message");
  const bodies = readBodies(text, of("MessageStructure"));
  for (const body of bodies.values()) {
    if (body === "") throw invalidParameter("Empty message");
    if (!isMessageText(body))
      throw invalidParameter("Message Reason: it holds characters that XML 1.0 does not have");
  }
  const subject = of("Subject");
  checkSubject(subject);
  const groupId = of("MessageGroupId");
  checkToken("MessageGroupId", groupId);
  checkToken("MessageDeduplicationId", of("MessageDeduplicationId"));
  const deduplicationId = readDeduplicationId(topic, groupId, of("MessageDeduplicationId"), text);
  const bytes = Buffer.byteLength(text) + checkPublishAttributes(form, prefix);
  const attributes = readAttributes(form, prefix);
  return { message: { bodies, subject, attributes, groupId, deduplicationId }, bytes };
}

function readDeduplicationId(
  topic: Topic,
  groupId: string | undefined,
  given: string | undefined,
  text: string,
): string | undefined {
  if (!topic.isFifo) {
    if (given === undefined) return undefined;
    throw invalidParameter(
      "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    );
  }
  if (groupId === undefined)
    throw invalidParameter("The MessageGroupId parameter is required for FIFO topics");
  if (given !== undefined) return given;
  if (topic.attributes.get("ContentBasedDeduplication") === "true") return hash("sha256", text);
  throw invalidParameter(
    "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
}

function readAttributes(form: Form, prefix: string): Record<string, MessageAttribute> {
  const attributes: Record<string, MessageAttribute> = {};
  for (let index = 1; ; index++) {
    const entry = `${prefix}MessageAttributes.entry.${String(index)}`;
    const name = form[`${entry}.Name`];
    if (name === undefined) return attributes;
    const StringValue = form[`${entry}.Value.StringValue`];
    const BinaryValue = form[`${entry}.Value.BinaryValue`];
    attributes[name] = {
      DataType: form[`${entry}.Value.DataType`] ?? "",
      ...(StringValue !== undefined && { StringValue }),
      ...(BinaryValue !== undefined && { BinaryValue }),
    };
  }
}

/** Source: SNS API, Publish, Subject. */
function checkSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  const hasControl = /\p{Cc}/u.test(subject);
  if (
    subject === "" ||
    [...subject].length > maxSubjectLength ||
    hasControl ||
    !isMessageText(subject)
  )
    throw invalidParameter("Subject");
}

/** What SQS would refuse of a FIFO message. Source: SNS API, Publish. */
function checkToken(name: string, value: string | undefined): void {
  if (value !== undefined && !/^[!-~]{1,128}$/.test(value))
    throw invalidParameter(
      `${name} Reason: it can only include alphanumeric and punctuation characters, 1 to 128 in length`,
    );
}

/** Throws for a message, or a batch of them, that is too large. */
export function checkBytes(bytes: number, isBatch: boolean): void {
  if (bytes <= maxMessageBytes) return;
  if (!isBatch) throw invalidParameter("Message too long");
  throw new AwsError(
    "BatchRequestTooLong",
    "The length of all the messages put together is more than the limit.",
  );
}
