import { isMessageText } from "../sqs/message-text.ts";
import type { DeliveredMessage } from "./delivered-message.ts";

/** Most attributes that SQS accepts. Source: SQS quotas, "Message attributes". */
const maxAttributes = 10;
const maxErrorLength = 1_000;

export interface DeliveryFailure {
  readonly requestId: string;
  readonly status: number;
  readonly message: string;
}

/**
 * A message as a subscription's dead-letter queue gets it: with why it could not be delivered, where
 * its own attributes leave room. A message with more attributes than a queue accepts, which is why
 * it was refused, arrives with them in its body.
 *
 * Source: Lambda Developer Guide, "Dead-letter queues", for names and types of the three attributes.
 */
export function toDeadLetter(
  message: DeliveredMessage,
  { requestId, status, message: error }: DeliveryFailure,
): DeliveredMessage {
  const own = message.MessageAttributes ?? {};
  const isTooMany = Object.keys(own).length > maxAttributes;
  const attributes: Record<string, object> = {
    RequestID: { DataType: "String", StringValue: requestId },
    ErrorCode: { DataType: "Number", StringValue: String(status) },
    ErrorMessage: { DataType: "String", StringValue: toMessageText(error) },
    ...(!isTooMany && own),
  };
  const room = isTooMany ? [] : Object.keys(own);
  const kept = [...new Set([...room, ...Object.keys(attributes)])].slice(0, maxAttributes);
  return {
    ...message,
    ...(isTooMany && {
      MessageBody: JSON.stringify({ Message: message.MessageBody, MessageAttributes: own }),
    }),
    MessageAttributes: Object.fromEntries(kept.map((name) => [name, attributes[name] ?? {}])),
  };
}

/** The beginning of a text, in characters that a queue accepts. */
function toMessageText(text: string): string {
  const beginning = text.slice(0, maxErrorLength).toWellFormed();
  return isMessageText(beginning) ? beginning : JSON.stringify(beginning);
}
