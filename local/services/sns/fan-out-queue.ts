import { randomUUID } from "node:crypto";
import type { FauxqsApp } from "../sqs/fauxqs-app.ts";
import { idOfDeduplicationKey } from "./deduplication-key.ts";
import type { DeliveredMessage } from "./delivered-message.ts";

/**
 * The queue into which fauxqs puts what a subscription is to get: filtered, and in its envelope. It
 * is in a region that no client can name, so that no answer of SQS shows it.
 */
export interface FanOutQueue {
  /** What fauxqs has as the subscription's endpoint. */
  readonly arn: string;
  /** Resolves once it is there. */
  readonly created: Promise<unknown>;
  /** Takes every message out, the oldest first. */
  takeAll(): Promise<DeliveredMessage[]>;
  delete(): Promise<void>;
}

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly MessageAttributes?: DeliveredMessage["MessageAttributes"];
  readonly Attributes?: Pick<DeliveredMessage, "MessageGroupId" | "MessageDeduplicationId">;
}

/** Messages of one ReceiveMessage or DeleteMessageBatch. Source: SQS API. */
const maxPerCall = 10;

/** Creates fan-out queues, in a region of their own. */
export function createFanOutQueues(app: FauxqsApp): (topicArn: string) => FanOutQueue {
  const region = `fan-out-${randomUUID()}`;

  async function call(operation: string, input: object): Promise<Record<string, unknown>> {
    const answer = await app.call({
      contentType: "application/x-amz-json-1.0",
      region,
      target: `AmazonSQS.${operation}`,
      body: JSON.stringify(input),
    });
    if (answer.status === 200)
      return JSON.parse(answer.body.toString() || "{}") as Record<string, unknown>;
    throw new Error(`${operation} of a fan-out queue failed: ${answer.body.toString()}`);
  }

  return (topicArn) => {
    const isFifo = topicArn.endsWith(".fifo");
    const name = `${randomUUID()}${isFifo ? ".fifo" : ""}`;
    const QueueUrl = `http://sqs.${region}.localhost/000000000000/${name}`;

    async function take(): Promise<DeliveredMessage[]> {
      const { Messages = [] } = await call("ReceiveMessage", {
        QueueUrl,
        MaxNumberOfMessages: maxPerCall,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      });
      const received = Messages as Received[];
      if (received.length === 0) return [];
      await call("DeleteMessageBatch", {
        QueueUrl,
        Entries: received.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      });
      return received.map(toDelivered);
    }

    return {
      arn: `arn:aws:sqs:${region}:000000000000:${name}`,
      created: call("CreateQueue", { QueueName: name }),
      async takeAll() {
        const all: DeliveredMessage[] = [];
        for (;;) {
          const taken = await take();
          all.push(...taken);
          // A FIFO queue gives one message of a group at a time.
          if (taken.length === 0 || (!isFifo && taken.length < maxPerCall)) return all;
        }
      },
      async delete() {
        await call("DeleteQueue", { QueueUrl });
      },
    };
  };
}

function toDelivered({ Body, MessageAttributes, Attributes }: Received): DeliveredMessage {
  const { MessageGroupId, MessageDeduplicationId } = Attributes ?? {};
  return {
    MessageBody: Body,
    ...(MessageAttributes && { MessageAttributes }),
    ...(MessageGroupId !== undefined && { MessageGroupId }),
    ...(MessageDeduplicationId !== undefined && {
      MessageDeduplicationId: idOfDeduplicationKey(MessageDeduplicationId),
    }),
  };
}
