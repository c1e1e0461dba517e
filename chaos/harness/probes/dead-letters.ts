import { ChangeMessageVisibilityBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { until } from "../until.ts";
import { queueDepth } from "./queue-depth.ts";

/** Longer than reading takes, so that no message is received twice. */
const holdSeconds = 30;

/** The bodies of all messages of a dead-letter queue; the messages stay there, visible again. */
export async function deadLetters(
  client: SQSClient,
  queueUrl: string,
  options: { readonly deadlineMs: number; readonly signal?: AbortSignal | undefined },
): Promise<string[]> {
  const messages = new Map<string, Message>();
  try {
    await until(
      "every dead letter has been read",
      async (signal) => {
        const { visible, delayed } = await queueDepth(client, queueUrl, signal);
        if (visible + delayed === 0) return "none left";
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: holdSeconds,
            WaitTimeSeconds: 0,
          }),
          { abortSignal: signal },
        );
        for (const message of Messages) messages.set(message.MessageId ?? "", message);
        return `${String(messages.size)} read, ${String(visible)} were visible`;
      },
      { ...options, intervalMs: 5, accept: (seen) => seen === "none left" },
    );
  } finally {
    await release(client, queueUrl, [...messages.values()]);
  }
  return [...messages.values()].map(({ Body }) => Body ?? "");
}

async function release(client: SQSClient, queueUrl: string, messages: Message[]): Promise<void> {
  for (let start = 0; start < messages.length; start += 10) {
    const entries = messages.slice(start, start + 10).map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await client.send(
      new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
    );
  }
}
