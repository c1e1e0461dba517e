import {
  ChangeMessageVisibilityBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { callOptions, clientOptions } from "./client-options.ts";
import { requireEnvironment } from "./environment.ts";
import { retryDelaySeconds } from "./retry-policy.ts";
import { TIME_BUDGET } from "./time-budget.ts";

const queueUrl = requireEnvironment("PRODUCT_EVENTS_QUEUE_URL");
const deadLetterQueueUrl = requireEnvironment("PRODUCT_EVENTS_DEAD_LETTER_QUEUE_URL");

const sqs = new SQSClient({
  ...clientOptions(TIME_BUDGET.sqs),
  // Calls go where the client is configured to go, also when a queue URL names another host.
  useQueueUrlAsEndpoint: false,
});

export type DeadLetterReason = "invalid-message" | "refused-item" | "expired";

const MAX_DETAIL_LENGTH = 500;
/** What SQS takes in a message attribute (SendMessage): the characters of XML 1.0. */
const UNSENDABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Puts a message into the dead-letter queue as it came, with the reason beside it. */
export async function sendToDeadLetterQueue(
  record: SQSRecord,
  reason: DeadLetterReason,
  detail: string,
): Promise<void> {
  const text = (value: string) => ({ DataType: "String", StringValue: value });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: deadLetterQueueUrl,
      MessageBody: record.body,
      MessageAttributes: {
        reason: text(reason),
        detail: text(detail.slice(0, MAX_DETAIL_LENGTH).replace(UNSENDABLE, "?") || reason),
        sourceMessageId: text(record.messageId),
      },
    }),
    callOptions(TIME_BUDGET.sqs),
  );
}

/**
 * Hides failed messages for a delay that grows with each receive. A message whose delay could not
 * be set comes back when the queue's visibility timeout ends.
 * @param records at most a batch, 10.
 * @returns the ids of messages whose delay SQS refused.
 */
export async function delayRetries(records: readonly SQSRecord[]): Promise<string[]> {
  const { Failed: failed = [] } = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queueUrl,
      Entries: records.map(({ receiptHandle, attributes }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: retryDelaySeconds(Number(attributes.ApproximateReceiveCount)),
      })),
    }),
    callOptions(TIME_BUDGET.sqs),
  );
  return failed.map(({ Id }) => records[Number(Id)]?.messageId ?? "");
}
