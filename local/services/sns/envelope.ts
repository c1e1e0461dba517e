import type { PublishedMessage } from "./published-message.ts";

/** What a subscriber gets around a message, unless its delivery is raw. */
export interface EnvelopeArgs {
  readonly message: PublishedMessage;
  /** The message for this subscriber's protocol. */
  readonly body: string;
  readonly messageId: string;
  readonly sequenceNumber: string | undefined;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly timestamp: Date;
}

/**
 * A notification as JSON text. The signature is a placeholder: nothing here holds SNS's keys.
 * Source: SNS Developer Guide, "Parsing Amazon SNS message formats"; a FIFO topic's notification has a
 * sequence number and no signature.
 */
export function writeEnvelope(args: EnvelopeArgs): string {
  const { message, body, messageId, sequenceNumber, topicArn, subscriptionArn, timestamp } = args;
  const region = topicArn.split(":")[3] ?? "";
  const attributes = Object.entries(message.attributes);
  return JSON.stringify({
    Type: "Notification",
    MessageId: messageId,
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    TopicArn: topicArn,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Message: body,
    Timestamp: timestamp.toISOString(),
    ...(sequenceNumber === undefined && {
      SignatureVersion: "1",
      Signature: "EXAMPLE",
      SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem`,
    }),
    UnsubscribeURL: `https://sns.${region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(attributes.length > 0 && {
      MessageAttributes: Object.fromEntries(
        attributes.map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          { Type: DataType, Value: StringValue ?? BinaryValue ?? "" },
        ]),
      ),
    }),
  });
}
