import { randomUUID } from "node:crypto";
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { clientSettings } from "../../support/client-settings.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedLambda, startLambda } from "./start-lambda.ts";
import { type StreamReport, streamReporter } from "./stream-reporter.ts";

export const streamActions = [
  "dynamodb:DescribeStream",
  "dynamodb:GetShardIterator",
  "dynamodb:GetRecords",
  "dynamodb:ListStreams",
];

/** A cloud with tables whose streams feed the streamReporter. */
export async function startStreamMappings() {
  const lambda: StartedLambda = await startLambda();
  const settings = clientSettings(lambda.endpoint);
  const dynamodb = new DynamoDBClient(settings);
  const sqs = new SQSClient(settings);

  async function queue(): Promise<{ url: string; arn: string }> {
    const QueueName = `queue-${randomUUID()}`;
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
    return { url: QueueUrl, arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}` };
  }

  /** Takes what a queue holds, as the JSON of its messages. */
  async function take(QueueUrl: string): Promise<unknown[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({
      ...{ Id: String(index), ReceiptHandle },
    }));
    if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    return Messages.map(({ Body = "" }) => JSON.parse(Body) as unknown);
  }

  /** A table whose stream is to feed a function; `create` maps it. */
  async function mapped(
    input: Partial<CreateEventSourceMappingCommandInput> = {},
    actions: readonly string[] = streamActions,
  ) {
    const TableName = `table-${randomUUID()}`;
    const { TableDescription } = await dynamodb.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
    const streamArn = TableDescription?.LatestStreamArn ?? "";
    const reports = await queue();
    const FunctionName = await lambda.create(streamReporter, {
      Role: await lambda.role(...actions),
      Environment: { Variables: { REPORTS: reports.url } },
    });
    const all: StreamReport[] = [];
    return {
      FunctionName,
      TableName,
      streamArn,
      create: () =>
        lambda.client.send(
          new CreateEventSourceMappingCommand({
            ...{ FunctionName, EventSourceArn: streamArn, StartingPosition: "TRIM_HORIZON" },
            ...input,
          }),
        ),
      put: async (...items: readonly (readonly [id: string, value?: number])[]) => {
        for (const [id, value = 0] of items)
          await dynamodb.send(
            new PutItemCommand({
              TableName,
              Item: { id: { S: id }, value: { N: String(value) } },
            }),
          );
      },
      endStream: () =>
        dynamodb.send(
          new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: false } }),
        ),
      /** All reports so far, once they are as wanted. */
      reports: (what: string, isMet: (all: readonly StreamReport[]) => boolean) =>
        untilMet(what, async () => {
          all.push(...((await take(reports.url)) as StreamReport[]));
          return isMet(all) ? all : undefined;
        }),
      /** What the drill reads of the mapping. */
      state: async () => {
        const response = await fetch(`${lambda.endpoint}/_outage-drill/event-source-mappings`);
        const { eventSourceMappings } = (await response.json()) as {
          eventSourceMappings: {
            eventSourceArn: string;
            unprocessedRecords: number;
            iteratorAgeMs: number;
          }[];
        };
        return eventSourceMappings.find(({ eventSourceArn }) => eventSourceArn === streamArn);
      },
    };
  }

  return {
    ...{ lambda, dynamodb, sqs, queue, take, mapped },
    /** Replaces the faults of the Chaos API. */
    faults: async (...rules: object[]): Promise<void> => {
      await fetch(`${lambda.endpoint}/_localstack/chaos/faults`, {
        method: "POST",
        body: JSON.stringify(rules),
      });
    },
    async close(): Promise<void> {
      dynamodb.destroy();
      sqs.destroy();
      await lambda.close();
    },
  };
}

export type StartedStreamMappings = Awaited<ReturnType<typeof startStreamMappings>>;

export const idsOf = (all: readonly StreamReport[]): string[] => all.flatMap(({ ids }) => ids);
