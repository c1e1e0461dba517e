import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  FisClient,
  StopExperimentCommand,
  type CreateExperimentTemplateActionInput,
} from "@aws-sdk/client-fis";
import { CreateTopicCommand, ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { startCloud, type CloudOptions } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { startTemplate } from "../fis/start-template.ts";
import { templateInput } from "../fis/template-input.ts";

/** One write to a service, and how to see whether it was made. */
export interface Service {
  readonly name: string;
  readonly operation: string;
  /** @param maxAttempts default: the client's own */
  write(key: string, maxAttempts?: number): Promise<unknown>;
  /** How often the write was made. */
  written(key: string): Promise<number>;
}

export type StartedCloud = Awaited<ReturnType<typeof startDrillActions>>;

/** An embedded cloud with a table and a queue, its FIS, and a log of what it fired. */
export async function startDrillActions(options: CloudOptions = {}) {
  const log: Record<string, unknown>[] = [];
  const cloud = await startCloud({ ...options, log: (entry) => log.push(entry) });
  const settings = clientSettings(cloud.endpoint);
  const fis = new FisClient(settings);
  const clients: { destroy(): void }[] = [fis];
  const keep = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client);
    return client;
  };
  const { endpoint, region, credentials } = settings;
  const attempts = (maxAttempts?: number) => ({
    ...{ endpoint, region, credentials },
    ...(maxAttempts !== undefined && { maxAttempts }),
  });
  const [dynamodb, sqs, sns] = [
    keep(new DynamoDBClient(settings)),
    keep(new SQSClient(settings)),
    keep(new SNSClient(settings)),
  ];
  await dynamodb.send(
    new CreateTableCommand({
      TableName: "Products",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  const queueOf = async (key: string) =>
    (await sqs.send(new CreateQueueCommand({ QueueName: key }))).QueueUrl ?? "";

  const services: Service[] = [
    {
      name: "dynamodb",
      operation: "PutItem",
      write: (key, maxAttempts) =>
        keep(new DynamoDBClient(attempts(maxAttempts))).send(
          new PutItemCommand({ TableName: "Products", Item: { id: { S: key } } }),
        ),
      async written(key) {
        const { Item } = await dynamodb.send(
          new GetItemCommand({ TableName: "Products", Key: { id: { S: key } } }),
        );
        return Item ? 1 : 0;
      },
    },
    {
      name: "sqs",
      operation: "SendMessage",
      write: async (key, maxAttempts) =>
        keep(new SQSClient(attempts(maxAttempts))).send(
          new SendMessageCommand({ QueueUrl: await queueOf(key), MessageBody: key }),
        ),
      async written(key) {
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({
            QueueUrl: await queueOf(key),
            AttributeNames: ["ApproximateNumberOfMessages"],
          }),
        );
        return Number(Attributes?.["ApproximateNumberOfMessages"]);
      },
    },
    {
      name: "sns",
      operation: "CreateTopic",
      write: (key, maxAttempts) =>
        keep(new SNSClient(attempts(maxAttempts))).send(new CreateTopicCommand({ Name: key })),
      async written(key) {
        const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
        return Topics.filter(({ TopicArn }) => TopicArn?.endsWith(`:${key}`)).length;
      },
    },
  ];

  return {
    endpoint,
    settings,
    keep,
    fis,
    services,
    service(name: string): Service {
      const found = services.find((each) => each.name === name);
      if (!found) throw new Error(`The test has no ${name}.`);
      return found;
    },
    log,
    fired: () => log.filter(({ event }) => event === "fault-fired"),
    /** Starts an experiment of one action; answers its id. */
    async inject(actionId: string, parameters: Record<string, string>): Promise<string> {
      const fault: CreateExperimentTemplateActionInput = { actionId, parameters };
      return (await startTemplate(fis, templateInput({ fault }))).id ?? "";
    },
    stop: (id: string) => fis.send(new StopExperimentCommand({ id })),
    async close() {
      for (const client of clients) client.destroy();
      await cloud.close();
    },
  };
}
