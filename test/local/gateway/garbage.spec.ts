import { Agent } from "node:http";
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import type { Log } from "../../../local/log.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { garbage } from "./support/garbage.ts";
import { seededRandom } from "./support/random.ts";
import { sendRaw } from "./support/send-raw.ts";
import { spoil } from "./support/spoil.ts";
import { type RawRequest, validRequests } from "./support/valid-requests.ts";

const requests = 10_000;
const connections = 16;
const seed = Number(process.env["SEED"] ?? 20261124);

describe("the embedded cloud under garbage", () => {
  let cloud: Cloud;
  let dynamodb: DynamoDBClient;
  let sqs: SQSClient;
  const entries: Parameters<Log>[0][] = [];
  beforeEach(async () => {
    entries.length = 0;
    cloud = await startCloud({ log: (entry) => entries.push(entry) });
    dynamodb = new DynamoDBClient(clientSettings(cloud.endpoint));
    sqs = new SQSClient(clientSettings(cloud.endpoint));
  });
  afterEach(async () => {
    dynamodb.destroy();
    sqs.destroy();
    await cloud.close();
  });

  it(`answers ${String(requests)} requests of it (seed ${String(seed)}), and loses nothing`, async function () {
    this.timeout(60_000);
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "Kept",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "Kept" }));
    const put = (id: number) =>
      dynamodb.send(new PutItemCommand({ TableName: "Kept", Item: { id: { S: String(id) } } }));
    const send = (id: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: String(id) }));

    const random = seededRandom(seed);
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    let sent = 0;
    let kept = 0;
    const unanswered: string[] = [];
    const failed: string[] = [];
    const sendOne = async (request: RawRequest): Promise<void> => {
      try {
        const { status, body } = await sendRaw(cloud.endpoint, request, agent);
        if (status >= 500) failed.push(`${JSON.stringify(request)}: ${body}`);
      } catch (error) {
        unanswered.push(`${JSON.stringify(request)}: ${String(error)}`);
      }
    };
    for (const request of validRequests) await sendOne(request);
    const connection = async (): Promise<void> => {
      while (sent < requests) {
        sent += 1;
        if (sent % 200 === 0) {
          kept += 1;
          await Promise.all([put(kept), send(kept)]);
        }
        await sendOne(
          random.chance(0.7) ? spoil(random.pick(validRequests), random) : garbage(random),
        );
      }
    };
    await Promise.all(Array.from({ length: connections }, connection));
    agent.destroy();

    expect(unanswered).to.deep.equal([]);
    expect(failed).to.deep.equal([]);
    expect(entries.filter(({ event }) => event === "internal-failure")).to.deep.equal([]);
    const { Count } = await dynamodb.send(new ScanCommand({ TableName: "Kept", Select: "COUNT" }));
    expect(Count).to.equal(kept);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    expect(Attributes?.["ApproximateNumberOfMessages"]).to.equal(String(kept));
  });
});
