import { hash } from "node:crypto";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";
import { checkMessageAttributes } from "./check-message-attributes.ts";
import { type MessageAttributes, sizeOfAttributes } from "./message-attributes.ts";
import { checkMessageText } from "./message-text.ts";
import type { QueueSettings } from "./queue-settings.ts";
import type { SentMessage } from "./store/sent-message.ts";

/** Most bytes of a message, and of all messages of a batch. Source: SQS quotas, "Message size". */
export const maxMessageBytes = 1_048_576;

export interface CheckedMessage {
  readonly message: SentMessage;
  /** Of its body and its attributes. */
  readonly bytes: number;
  readonly delaySeconds: number | undefined;
  /** Of a FIFO queue. */
  readonly groupId: string | undefined;
  /** What must be new within five minutes, unless `undefined`: of a FIFO queue. */
  readonly deduplicationKey: string | undefined;
}

/** Bytes of a message: its body and its attributes; system attributes do not count. */
export function messageBytes({ MessageBody, MessageAttributes }: JsonInput): number {
  return (
    Buffer.byteLength(typeof MessageBody === "string" ? MessageBody : "") +
    sizeOfAttributes((MessageAttributes ?? {}) as MessageAttributes)
  );
}

/**
 * Reads what SendMessage, or an entry of SendMessageBatch, asks for. Throws an AwsError for what SQS
 * does not accept, in its words, so that nothing is acknowledged that cannot be handed out.
 * Source: SQS API, SendMessage.
 */
export function checkMessage(queue: QueueSettings, input: JsonInput): CheckedMessage {
  const body = input["MessageBody"];
  if (typeof body !== "string" || body === "") throw missing("MessageBody");
  checkMessageText(body, "InvalidMessageContents");
  const attributes = (input["MessageAttributes"] ?? {}) as MessageAttributes;
  checkMessageAttributes(attributes);
  const most = Number(queue.attributes.get("MaximumMessageSize") ?? maxMessageBytes);
  const bytes = messageBytes(input);
  if (bytes > most)
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${String(most)} bytes.`,
    );
  const delaySeconds = checkDelay(queue, input["DelaySeconds"]);
  const groupId = checkToken("MessageGroupId", input["MessageGroupId"]);
  const givenId = checkToken("MessageDeduplicationId", input["MessageDeduplicationId"]);
  const system = readSystemAttributes(input["MessageSystemAttributes"]);
  if (!queue.isFifo) {
    if (givenId !== undefined) throw notForThisType("MessageDeduplicationId", givenId);
    if (groupId !== undefined) system["MessageGroupId"] = groupId;
    const message = { body, attributes, system };
    return { message, bytes, delaySeconds, groupId: undefined, deduplicationKey: undefined };
  }
  if (groupId === undefined) throw missing("MessageGroupId");
  const deduplicationId = givenId ?? idOfContent(queue, body);
  system["MessageDeduplicationId"] = deduplicationId;
  // Source: SQS API, CreateQueue, DeduplicationScope.
  const isPerGroup = queue.attributes.get("DeduplicationScope") === "messageGroup";
  const deduplicationKey = isPerGroup ? `${groupId} ${deduplicationId}` : deduplicationId;
  const message = { body, attributes, system };
  return { message, bytes, delaySeconds, groupId, deduplicationKey };
}

function idOfContent(queue: QueueSettings, body: string): string {
  if (queue.attributes.get("ContentBasedDeduplication") !== "true")
    throw invalid(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  return hash("sha256", body);
}

function checkDelay(queue: QueueSettings, seconds: unknown): number | undefined {
  if (typeof seconds !== "number") return undefined;
  if (queue.isFifo && seconds !== 0) throw notForThisType("DelaySeconds", String(seconds));
  if (seconds < 0 || seconds > 900)
    throw invalid(
      `Value ${String(seconds)} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  return queue.isFifo ? undefined : seconds;
}

function checkToken(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  // Letters, digits and punctuation of ASCII; no space.
  if (typeof value === "string" && /^[!-~]{1,128}$/.test(value)) return value;
  throw invalid(
    `Value ${String(value)} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function readSystemAttributes(given: unknown): Record<string, string> {
  const system: Record<string, string> = {};
  for (const [name, attribute] of Object.entries((given ?? {}) as MessageAttributes)) {
    if (name !== "AWSTraceHeader")
      throw invalid(
        `Message system attribute name '${name}' is invalid: only AWSTraceHeader can be sent.`,
      );
    if (attribute.DataType !== "String" || attribute.StringValue === undefined)
      throw invalid("Message system attribute 'AWSTraceHeader' must be of type 'String'.");
    checkMessageText(attribute.StringValue, "InvalidParameterValue");
    system[name] = attribute.StringValue;
  }
  return system;
}

function notForThisType(name: string, value: string): AwsError {
  return invalid(
    `Value ${value} for parameter ${name} is invalid. Reason: The request include parameter that is not valid for this queue type.`,
  );
}

function missing(name: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
