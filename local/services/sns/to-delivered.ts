import type { DeliveredMessage } from "./delivered-message.ts";
import { writeEnvelope } from "./envelope.ts";
import type { PublishedMessage } from "./published-message.ts";
import type { Subscription } from "./subscription.ts";
import type { Published } from "./topic.ts";

export interface ToDeliver {
  readonly subscription: Subscription;
  readonly message: PublishedMessage;
  /** The message for this subscriber's protocol. */
  readonly body: string;
  readonly published: Published;
  readonly timestamp: Date;
}

/** A message as a subscriber gets it: raw with its attributes, or in SNS's envelope. */
export function toDelivered(args: ToDeliver): DeliveredMessage {
  const { subscription, message, body, published, timestamp } = args;
  const { groupId, deduplicationId, attributes } = message;
  return {
    MessageBody: subscription.isRaw
      ? body
      : writeEnvelope({
          ...{ message, body, timestamp },
          messageId: published.MessageId,
          sequenceNumber: published.SequenceNumber,
          topicArn: subscription.topicArn,
          subscriptionArn: subscription.arn,
        }),
    ...(subscription.isRaw &&
      Object.keys(attributes).length > 0 && { MessageAttributes: { ...attributes } }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
  };
}
