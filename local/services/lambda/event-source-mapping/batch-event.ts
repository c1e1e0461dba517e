import { readArn } from "../../../wire/arn.ts";
import type { ReceivedMessage } from "./queue-client.ts";

/** The event that a function gets for a batch. Source: Lambda Developer Guide, SQS message event. */
export function batchEvent(messages: readonly ReceivedMessage[], queueArn: string): string {
  const { region } = readArn(queueArn);
  return JSON.stringify({
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
          name,
          {
            stringValue: attribute.StringValue,
            binaryValue: attribute.BinaryValue,
            stringListValues: [],
            binaryListValues: [],
            dataType: attribute.DataType,
          },
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      md5OfMessageAttributes: message.MD5OfMessageAttributes,
      eventSource: "aws:sqs",
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  });
}
