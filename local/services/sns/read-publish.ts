import { hash } from "node:crypto";
import { AwsError } from "../../wire/aws-error.ts";
import { isMessageText } from "../sqs/message-text.ts";
import { bodyForProtocols } from "./body-for-protocols.ts";
import { deduplicationKey } from "./deduplication-key.ts";
import { checkPublishAttributes } from "./publish-attributes.ts";

type Form = Readonly<Record<string, string>>;

/** What decides over the deduplication of a FIFO topic's messages. */
export interface FifoTopic {
  readonly isContentBased: boolean;
  readonly isPerGroup: boolean;
}

export interface PublishedTopic {
  readonly fifo: FifoTopic | undefined;
  readonly protocols: ReadonlySet<string>;
}

/** Most bytes of a message and its attributes, and of a batch. Source: SNS API, Publish; SNS quotas. */
const maxBytes = 262_144;
const maxSubjectLength = 100;

/**
 * The form of a Publish or PublishBatch as fauxqs takes it. A message with a body for each protocol
 * (`MessageStructure` `json`) becomes its body for the topic's subscriptions. A message that no queue would accept is
 * refused, because nobody could be told later. Throws an AwsError.
 *
 * @param topic.fifo of a FIFO topic
 * @param topic.protocols of its subscriptions
 */
export function readPublish(form: Form, topic: PublishedTopic): Record<string, string> {
  const read = { ...form };
  if (form["Action"] !== "PublishBatch") {
    if (readMessage(form, "", { ...topic, read }) > maxBytes) throw invalid("Message too long");
    return read;
  }
  let bytes = 0;
  for (const prefix of batchPrefixes(form)) bytes += readMessage(form, prefix, { ...topic, read });
  if (bytes > maxBytes)
    throw new AwsError(
      "BatchRequestTooLong",
      "The length of all the messages put together is more than the limit.",
    );
  return read;
}

/** `PublishBatchRequestEntries.member.1.` and so on. */
function batchPrefixes(form: Form): Set<string> {
  const prefixes = new Set<string>();
  for (const name of Object.keys(form)) {
    const prefix = /^PublishBatchRequestEntries\.member\.\d+\./.exec(name)?.[0];
    if (prefix !== undefined) prefixes.add(prefix);
  }
  return prefixes;
}

/** Checks one message, writes it as fauxqs takes it, and answers its size in bytes. */
function readMessage(
  form: Form,
  prefix: string,
  { fifo, protocols, read }: PublishedTopic & { read: Record<string, string> },
): number {
  const of = (name: string) => form[prefix + name];
  const message = of("Message") ?? "";
  if (message === "") throw invalid("Empty message");
  const structure = of("MessageStructure");
  const body = structure === "json" ? bodyForProtocols(message, protocols) : message;
  if (structure !== undefined && structure !== "" && structure !== "json")
    throw invalid("MessageStructure Reason: it must be json or absent");
  if (body === "") throw invalid("Empty message");
  if (!isMessageText(body))
    throw invalid("Message Reason: it holds characters that XML 1.0 does not have");
  read[`${prefix}Message`] = body;
  checkSubject(of("Subject"));
  checkToken("MessageGroupId", of("MessageGroupId"));
  checkToken("MessageDeduplicationId", of("MessageDeduplicationId"));
  if (fifo) read[`${prefix}MessageDeduplicationId`] = readDeduplication(of, message, fifo);
  else if (of("MessageDeduplicationId") !== undefined)
    throw invalid(
      "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    );
  return Buffer.byteLength(message) + checkPublishAttributes(form, prefix);
}

function readDeduplication(
  of: (name: string) => string | undefined,
  message: string,
  { isContentBased, isPerGroup }: FifoTopic,
): string {
  const groupId = of("MessageGroupId");
  if (groupId === undefined)
    throw invalid("The MessageGroupId parameter is required for FIFO topics");
  const id = of("MessageDeduplicationId") ?? (isContentBased ? hash("sha256", message) : undefined);
  if (id === undefined)
    throw invalid(
      "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  return deduplicationKey(id, groupId, isPerGroup);
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
    throw invalid("Subject");
}

/** What SQS would refuse of a FIFO message. Source: SNS API, Publish. */
function checkToken(name: string, value: string | undefined): void {
  if (value !== undefined && !/^[!-~]{1,128}$/.test(value))
    throw invalid(
      `${name} Reason: it can only include alphanumeric and punctuation characters, 1 to 128 in length`,
    );
}

function invalid(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}
