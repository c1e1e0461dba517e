import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSServiceException,
} from "@aws-sdk/client-sqs";
import type { Message } from "@aws-sdk/client-sqs";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ExperimentTemplate, StackOutputs } from "../../../infra/outputs.ts";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import type { Product } from "../../../chaos/product/product.ts";
import type { Target } from "../../../chaos/harness/target.ts";
import { startCloud } from "../../../local/cloud.ts";
import { createQueues } from "./create-queues.ts";

/** A target whose outputs are the product stack's. */
export interface ModelTarget extends Target {
  readonly outputs: StackOutputs;
}

/** What may be wrong with the application. */
export interface Defects {
  /** The retry function puts whatever it receives. */
  readonly unconditionalPut?: boolean;
  /** The retry function deletes messages that it could not put. */
  readonly swallowedErrors?: boolean;
  /** The API answers before the topic has accepted. */
  readonly earlyAcknowledgement?: boolean;
  /** The retry function never deletes its messages. */
  readonly endlessRetry?: boolean;
}

interface Event {
  readonly product: Product;
  readonly version: number;
}

const region = "us-east-1";

/** SNS takes neither of these two characters; JSON takes their escapes. */
function toMessage(event: Event): string {
  return JSON.stringify(event).replace(/[\uFFFE\uFFFF]/g, (character) =>
    character === "\uFFFE" ? "\\ufffe" : "\\uffff",
  );
}

/** With all digits of a price that is a JSON number. */
function parseProduct(json: string): Product {
  const keepDigits = (key: string, value: unknown, context?: { source: string }) =>
    key === "price" && typeof value === "number" ? context?.source : value;
  return JSON.parse(json, keepDigits) as Product;
}

/**
 * The application as a model in this process, on the embedded cloud's DynamoDB, SNS, SQS and FIS: it
 * starts in milliseconds, and any promise can be broken on purpose.
 */
export async function startModelApplication(
  templates: Record<string, ExperimentTemplate>,
  defects: Defects = {},
): Promise<ModelTarget> {
  const cloud = await startCloud();
  const { endpoint } = cloud;
  const clients = awsClients({ endpoint, region });
  const sns = new SNSClient({
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: "Products",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  const queues = await createQueues(clients.sqs, sns);
  let lastVersion = 0;

  const put = async ({ product, version }: Event, conditional = true) => {
    const { id, name, price, description } = product;
    await clients.dynamodb
      .send(
        new PutItemCommand({
          TableName: "Products",
          Item: {
            id: { S: id },
            name: { S: name ?? "" },
            price: { N: String(price) },
            description: { S: description ?? "" },
            version: { N: String(version) },
          },
          ...(conditional && {
            ConditionExpression: "attribute_not_exists(id) OR version < :version",
            ExpressionAttributeValues: { ":version": { N: String(version) } },
          }),
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
  };

  const post = async (request: IncomingMessage): Promise<[number, string]> => {
    lastVersion = Math.max(lastVersion + 1, Math.round(performance.now() * 1000));
    const event = { product: parseProduct(await text(request)), version: lastVersion };
    try {
      await put(event);
      return [200, "Product added/updated successfully."];
    } catch {
      const published = sns.send(
        new PublishCommand({ TopicArn: queues.topicArn, Message: toMessage(event) }),
      );
      try {
        if (defects.earlyAcknowledgement) published.catch(() => undefined);
        else await published;
        return [200, "A DynamoDB error occurred. Message sent to queue."];
      } catch {
        return [503, "Neither DynamoDB nor SNS accepted the write."];
      }
    }
  };

  const get = async (id: string): Promise<[number, string]> => {
    try {
      const { Item } = await clients.dynamodb.send(
        new GetItemCommand({ TableName: "Products", Key: { id: { S: id } } }),
      );
      if (!Item) return [404, "Product not found"];
      const { name, price, description } = Item;
      const product = { id, name: name?.S, price: price?.N, description: description?.S };
      return [200, JSON.stringify(product)];
    } catch {
      return [503, "DynamoDB did not answer."];
    }
  };

  const closing = new AbortController();
  const retry = async (message: Message) => {
    const { ReceiptHandle } = message;
    const receipt = { QueueUrl: queues.queueUrl, ReceiptHandle };
    const isStored = await put(JSON.parse(message.Body ?? "") as Event, !defects.unconditionalPut)
      .then(() => true)
      .catch(() => defects.swallowedErrors === true);
    await (isStored && !defects.endlessRetry
      ? clients.sqs.send(new DeleteMessageCommand(receipt))
      : clients.sqs.send(new ChangeMessageVisibilityCommand({ ...receipt, VisibilityTimeout: 1 })));
  };
  const poll = async () => {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queues.queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
      }),
      { abortSignal: closing.signal },
    );
    await Promise.all(Messages.map(retry));
  };
  const work = async () => {
    while (!closing.signal.aborted)
      // The queue itself may be what fails; the next poll tries again.
      await poll().catch((error: unknown) => {
        if (!(error instanceof SQSServiceException || closing.signal.aborted)) throw error;
      });
  };
  const worker = work();

  const server = createServer((request, response) => {
    const id = new URL(request.url ?? "/", "http://api").searchParams.get("id") ?? "";
    void (request.method === "POST" ? post(request) : get(id)).then(([status, body]) => {
      response.writeHead(status, status === 503 ? { "retry-after": "1" } : {}).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    endpoint,
    outputs: {
      productApiUrl: `http://127.0.0.1:${String(port)}/dev/productApi`,
      productsTableName: "Products",
      productEventsTopicArn: queues.topicArn,
      productEventsQueueUrl: queues.queueUrl,
      productEventsDeadLetterQueueUrl: queues.deadLetterQueueUrl,
      region,
      experimentTemplates: templates,
    },
    async close() {
      closing.abort();
      await worker;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      sns.destroy();
      clients.close();
      await cloud.close();
    },
  };
}
