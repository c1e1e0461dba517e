import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { until } from "../harness/until.ts";
import { queueDepth } from "./queue-depth.ts";

/** A message in a dead-letter queue. */
export interface DeadLetter {
  readonly messageId: string;
  readonly body: string;
  /** Text attributes of the message, such as the reason that was given for it. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DeadLettersOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Ids of messages to delete; every other one stays, visible again. */
  readonly remove?: ReadonlySet<string>;
}

/** Longer than reading takes, so that no message is received twice. */
const holdSeconds = 30;

/** Reads every message of a dead-letter queue. The messages stay there unless `remove` names them. */
export async function deadLetters(
  client: SQSClient,
  queueUrl: string,
  { remove = new Set(), ...options }: DeadLettersOptions,
): Promise<DeadLetter[]> {
  const messages = new Map<string, Message>();
  const kept = () => [...messages].flatMap(([id, message]) => (remove.has(id) ? [] : [message]));
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
            MessageAttributeNames: ["All"],
          }),
          { abortSignal: signal },
        );
        for (const message of Messages) messages.set(message.MessageId ?? "", message);
        return `${String(messages.size)} read, ${String(visible)} were visible`;
      },
      { ...options, intervalMs: 5, accept: (seen) => seen === "none left" },
    );
    for (const [id, { ReceiptHandle }] of messages)
      if (remove.has(id))
        await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  } finally {
    await release(client, queueUrl, kept());
  }
  return [...messages].map(([messageId, message]) => toLetter(messageId, message));
}

function toLetter(messageId: string, { Body = "", MessageAttributes = {} }: Message): DeadLetter {
  const attributes: Record<string, string> = {};
  for (const [name, { StringValue }] of Object.entries(MessageAttributes))
    if (StringValue !== undefined) attributes[name] = StringValue;
  return { messageId, body: Body, attributes };
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
