import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { until } from "../../chaos/harness/until.ts";
import type { Measure } from "../figure.ts";

const backlog = 10_000;

/** A backlog of messages through the event source mapping and the retry function into the table. */
export const measureQueueDrain: Measure = async ({ endpoint, outputs }) => {
  const settings = {
    endpoint,
    region: outputs.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const sqs = new SQSClient(settings);
  const lambda = new LambdaClient(settings);
  const { productEventsQueueUrl: QueueUrl } = outputs;
  if (QueueUrl === undefined) throw new Error("The stack has no queue.");
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  const UUID = EventSourceMappings[0]?.UUID;
  const enable = (Enabled: boolean) =>
    lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  await enable(false);
  for (let first = 0; first < backlog; first += 10)
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: Array.from({ length: 10 }, (_, index) => ({
          Id: String(index),
          MessageBody: productEvent(first + index),
        })),
      }),
    );
  const startedMs = performance.now();
  await enable(true);
  await until(
    "the queue is empty",
    async () => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      return (
        Number(Attributes["ApproximateNumberOfMessages"]) +
        Number(Attributes["ApproximateNumberOfMessagesNotVisible"])
      );
    },
    { deadlineMs: 120_000, intervalMs: 50, accept: (left) => left === 0 },
  );
  const seconds = (performance.now() - startedMs) / 1000;
  return [
    {
      name: `drain of ${backlog.toLocaleString("en")} messages`,
      unit: "/s",
      value: backlog / seconds,
      target: { atLeast: 1_500 },
    },
  ];
};

function productEvent(n: number): string {
  return JSON.stringify({
    schemaVersion: 1,
    product: {
      id: `drain-${String(n)}`,
      name: "Super Widget",
      price: "29.99",
      description: "A versatile widget that can be used for a variety of purposes.",
    },
    version: Date.now() * 1000,
  });
}
