import { hash } from "node:crypto";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";
import { askedAttributes, md5OfAttributes } from "./message-attributes.ts";
import type { Queue } from "./queue.ts";
import { noSuchQueue, type QueueRegistry } from "./queue-registry.ts";
import { readRange } from "./read-range.ts";
import { writeReceiptHandle } from "./store/receipt-handle.ts";
import type { StoredMessage } from "./store/stored-message.ts";

/** Source: SQS API, ReceiveMessage. */
const mostPerCall = 10;
const longestWaitSeconds = 20;
export const longestVisibilitySeconds = 43_200;

/**
 * ReceiveMessage. A wait ends when a message becomes visible, and when its caller goes away: nothing
 * is taken in flight for nobody.
 */
export async function receiveMessage(
  queues: QueueRegistry,
  input: JsonInput,
  call: AwsCall,
): Promise<object> {
  const queue = queues.byUrl(input["QueueUrl"], call);
  const most = readRange("MaxNumberOfMessages", input, [1, mostPerCall]) ?? 1;
  const visibilityMs =
    (readRange("VisibilityTimeout", input, [0, longestVisibilitySeconds]) ??
      queue.numberOf("VisibilityTimeout", 30)) * 1000;
  const waitSeconds =
    readRange("WaitTimeSeconds", input, [0, longestWaitSeconds]) ??
    queue.numberOf("ReceiveMessageWaitTimeSeconds", 0);
  checkSystemNames(input);
  const endsMs = performance.now() + waitSeconds * 1000;
  for (;;) {
    if (queue.isDeleted) throw noSuchQueue();
    const messages = queue.receive({ most, visibilityMs }, deadLettersOf(queue, queues));
    const leftMs = endsMs - performance.now();
    if (messages.length > 0 || leftMs <= 0) queue.listener.received(messages.length);
    if (messages.length > 0)
      return { Messages: messages.map((message) => toReceived(queue, message, input)) };
    if (leftMs <= 0) return {};
    await queue.messages.changed(leftMs, call.signal);
    if (call.signal?.aborted) return {};
  }
}

function deadLettersOf({ redrive }: Queue, queues: QueueRegistry) {
  const target = redrive && queues.byArn(redrive.deadLetterTargetArn);
  return target && { queue: target, maxReceives: redrive.maxReceiveCount };
}

function toReceived(queue: Queue, message: StoredMessage, input: JsonInput): object {
  const names = (input["MessageAttributeNames"] ?? []) as string[];
  const given = askedAttributes(message.attributes, names);
  const Attributes = askedSystemAttributes(queue, message, input);
  return {
    MessageId: message.id,
    ReceiptHandle: writeReceiptHandle(queue.arn, message),
    MD5OfBody: hash("md5", message.body),
    Body: message.body,
    ...(Attributes && { Attributes }),
    ...(Object.keys(given).length > 0 && {
      MD5OfMessageAttributes: md5OfAttributes(given),
      MessageAttributes: given,
    }),
  };
}

/** Source: SQS API, ReceiveMessage, MessageSystemAttributeNames. */
const systemNames = new Set([
  ...["All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "AWSTraceHeader"],
  ...["ApproximateFirstReceiveTimestamp", "SequenceNumber", "MessageDeduplicationId"],
  ...["MessageGroupId", "DeadLetterQueueSourceArn"],
]);

function askedNames(input: JsonInput): readonly string[] {
  return [
    ...((input["AttributeNames"] ?? []) as string[]),
    ...((input["MessageSystemAttributeNames"] ?? []) as string[]),
  ];
}

function checkSystemNames(input: JsonInput): void {
  const unknown = askedNames(input).find((name) => !systemNames.has(name));
  if (unknown !== undefined)
    throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
}

function askedSystemAttributes(
  queue: Queue,
  message: StoredMessage,
  input: JsonInput,
): Record<string, string> | undefined {
  const names = askedNames(input);
  if (names.length === 0) return undefined;
  const all: Record<string, string | undefined> = {
    SenderId: queue.accountId,
    SentTimestamp: String(Math.floor(message.sentMs)),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(Math.floor(message.firstReceivedMs ?? 0)),
    MessageGroupId: message.groupId,
    SequenceNumber: message.sequenceNumber,
    DeadLetterQueueSourceArn: message.deadLetterSource,
    ...message.system,
  };
  const asked = Object.entries(all).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (names.includes("All") || names.includes(entry[0])),
  );
  return asked.length > 0 ? Object.fromEntries(asked) : undefined;
}
