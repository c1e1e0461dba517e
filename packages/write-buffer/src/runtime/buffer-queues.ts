import {
  ChangeMessageVisibilityBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import type { WriteBufferSettings } from "../settings.ts";
import { variableNames } from "../variables.ts";
import { callOptions, clientOptions } from "./client-options.ts";
import { requireEnvironment } from "./environment.ts";
import { retryDelaySeconds } from "./retry-policy.ts";

/** The queue of a write buffer and its dead-letter queue, as the retry function uses them. */
export interface BufferQueues {
  /** Puts a message into the dead-letter queue as it came, with the reason beside it. */
  deadLetter(record: SQSRecord, reason: string, detail: string): Promise<void>;
  /**
   * Hides failed messages for a delay that grows with each receive. A message whose delay could not
   * be set comes back when the queue's visibility timeout ends.
   * @param records at most a batch, 10.
   * @returns the ids of messages whose delay SQS refused.
   */
  delayRetries(records: readonly SQSRecord[]): Promise<string[]>;
}

const MAX_DETAIL_LENGTH = 500;
/** What SQS takes in a message attribute (SendMessage): the characters of XML 1.0. */
const UNSENDABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** @throws Error naming the environment variable that is missing. */
export function createBufferQueues(
  settings: WriteBufferSettings,
  variablePrefix?: string,
): BufferQueues {
  const variables = variableNames(variablePrefix);
  const queueUrl = requireEnvironment(variables.queueUrl);
  const deadLetterQueueUrl = requireEnvironment(variables.deadLetterQueueUrl);
  const sqs = new SQSClient({
    ...clientOptions(settings.sqs),
    // Calls go where the client is configured to go, also when a queue URL names another host.
    useQueueUrlAsEndpoint: false,
  });
  return {
    async deadLetter(record, reason, detail) {
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
        callOptions(settings.sqs),
      );
    },
    async delayRetries(records) {
      const { Failed: failed = [] } = await sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: records.map(({ receiptHandle, attributes }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: retryDelaySeconds(
              Number(attributes.ApproximateReceiveCount),
              settings.retryDelay,
            ),
          })),
        }),
        callOptions(settings.sqs),
      );
      return failed.map(({ Id }) => records[Number(Id)]?.messageId ?? "");
    },
  };
}
