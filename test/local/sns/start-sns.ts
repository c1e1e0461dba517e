import { randomUUID } from "node:crypto";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { startCloud } from "../../../local/cloud.ts";
import type { Log } from "../../../local/log.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { untilMet } from "../../support/until-met.ts";

export const arnOfQueue = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** A cloud, and shorthands for topics and their queues. */
export async function startSns() {
  const entries: Parameters<Log>[0][] = [];
  const cloud = await startCloud({ log: (entry) => entries.push(entry) });
  const sns = new SNSClient(clientSettings(cloud.endpoint));
  const sqs = new SQSClient(clientSettings(cloud.endpoint));

  return {
    endpoint: cloud.endpoint,
    /** What was logged. */
    entries,
    sns,
    sqs,
    async topic(suffix = ""): Promise<string> {
      const { TopicArn = "" } = await sns.send(
        new CreateTopicCommand({
          Name: `topic-${randomUUID()}${suffix}`,
          ...(suffix === ".fifo" && { Attributes: { FifoTopic: "true" } }),
        }),
      );
      return TopicArn;
    },
    /** A queue; `sendersOf` is the topic whose messages its policy lets in, or `*`. */
    async queue(
      sendersOf: string | undefined,
      suffix = "",
    ): Promise<{ name: string; url: string }> {
      const name = `queue-${randomUUID()}${suffix}`;
      const { QueueUrl = "" } = await sqs.send(
        new CreateQueueCommand({
          QueueName: name,
          ...(suffix === ".fifo" && { Attributes: { FifoQueue: "true" } }),
        }),
      );
      if (sendersOf !== undefined) await this.allow(QueueUrl, name, sendersOf);
      return { name, url: QueueUrl };
    },
    async allow(url: string, name: string, topicArn: string): Promise<void> {
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arnOfQueue(name),
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
      });
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
    },
    async subscribe(
      topicArn: string,
      queueName: string,
      attributes: Record<string, string> = { RawMessageDelivery: "true" },
    ): Promise<string> {
      const { SubscriptionArn = "" } = await sns.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: "sqs",
          Endpoint: arnOfQueue(queueName),
          Attributes: attributes,
        }),
      );
      return SubscriptionArn;
    },
    async delete(QueueUrl: string, ReceiptHandle: string | undefined): Promise<void> {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    /** The next message of a queue. */
    next(url: string): Promise<Message> {
      return untilMet(`A message in ${url}`, async () => {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            WaitTimeSeconds: 1,
            MessageAttributeNames: ["All"],
            MessageSystemAttributeNames: ["All"],
          }),
        );
        return Messages[0];
      });
    },
    /** How many messages of a queue are visible. */
    async depth(QueueUrl: string): Promise<number> {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          ...{ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] },
        }),
      );
      return Number(Attributes["ApproximateNumberOfMessages"]);
    },
    logged(event: string): Promise<Parameters<Log>[0]> {
      return untilMet(`A log entry ${event}`, () =>
        Promise.resolve(entries.find((entry) => entry.event === event)),
      );
    },
    async setFaults(rules: readonly object[]): Promise<void> {
      const answer = await fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
        method: "POST",
        body: JSON.stringify(rules),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async close(): Promise<void> {
      sns.destroy();
      sqs.destroy();
      await cloud.close();
    },
  };
}

export type StartedSns = Awaited<ReturnType<typeof startSns>>;
