import * as apigateway from "@aws-sdk/client-api-gateway";
import * as apigatewayv2 from "@aws-sdk/client-apigatewayv2";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as streams from "@aws-sdk/client-dynamodb-streams";
import * as events from "@aws-sdk/client-eventbridge";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { expect } from "chai";
import { startCloud } from "../../../local/cloud.ts";
import { type CloudProcess, startCloudProcess } from "../../e2e/support/start-cloud-process.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { adversarialInput, type Filling, fillings } from "./support/adversarial-input.ts";
import { type HealthPoller, pollHealth } from "./support/health-poller.ts";

const packages: Readonly<Record<string, object>> = {
  apigateway,
  apigatewayv2,
  dynamodb,
  events,
  iam,
  kms,
  lambda,
  logs,
  monitoring: cloudwatch,
  s3,
  sns,
  sqs,
  ssm,
  sts,
};

interface Client {
  send(command: object, options: object): Promise<unknown>;
  destroy(): void;
}

/** Much more than a stall may be, as the machine may be busy with other things. */
const longestMs = 1_000;
const attempts = 3;
const answersWithinMs = 5_000;

describe("No input of any operation keeps others waiting", function () {
  this.timeout(300_000);
  const served = new Map<string, readonly string[]>();
  let cloud: CloudProcess;
  let poller: HealthPoller;
  const known: Record<string, unknown> = {};
  before(async () => {
    const here = await startCloud();
    for (const [service, operations] of Object.entries(here.operations))
      served.set(service, operations);
    await here.close();
    cloud = await startCloudProcess(["--no-deploy"]);
    poller = pollHealth(cloud.endpoint);
    await createKnown();
  });
  after(async () => {
    await poller.close();
    // One that stands still would not hear a signal.
    await cloud.kill();
  });

  /** Resources that the inputs name, so that they get past the question whether these exist. */
  async function createKnown(): Promise<void> {
    const settings = clientSettings(cloud.endpoint);
    const tables = new dynamodb.DynamoDBClient(settings);
    await tables.send(
      new dynamodb.CreateTableCommand({
        TableName: "Known",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    const queues = new sqs.SQSClient(settings);
    const { QueueUrl } = await queues.send(new sqs.CreateQueueCommand({ QueueName: "Known" }));
    const topics = new sns.SNSClient(settings);
    const { TopicArn } = await topics.send(new sns.CreateTopicCommand({ Name: "Known" }));
    Object.assign(known, { TableName: "Known", QueueUrl, TopicArn, WaitTimeSeconds: 0 });
    for (const client of [tables, queues, topics]) client.destroy();
  }

  for (const [service, sdk] of Object.entries(packages))
    it(`of ${service}`, async () => {
      expect(served.get(service)).not.to.equal(undefined);
      const waits: string[] = [];
      let worst = { ms: 0, what: "" };
      for (const operation of served.get(service) ?? [])
        for (const filling of fillings) {
          let ms = Infinity;
          const used = `${operation}Command` in streams && service === "dynamodb" ? streams : sdk;
          for (let attempt = 0; attempt < attempts && ms > longestMs; attempt++)
            ms = Math.min(ms, await waitDuring(used, operation, filling));
          if (ms > worst.ms) worst = { ms, what: `${operation} with ${filling.name}` };
          if (ms > answersWithinMs / 2)
            throw new Error(`${operation} with ${filling.name} stops it.`);
          if (ms > longestMs) waits.push(`${operation} with ${filling.name}: ${ms.toFixed(0)} ms`);
          if (process.env["SHOW_WAITS"] && ms > 100)
            console.log(`${service}.${operation} with ${filling.name}: ${ms.toFixed(0)} ms`);
        }
      if (process.env["SHOW_WAITS"])
        console.log(`${service}: ${worst.ms.toFixed(0)} ms, ${worst.what}`);
      expect(waits).to.deep.equal([]);
    });

  async function waitDuring(sdk: object, operation: string, filling: Filling): Promise<number> {
    const all = sdk as Record<string, new (input: object) => { schema?: unknown }>;
    const Command = all[`${operation}Command`];
    const name = Object.keys(all).find(
      (each) => /^[A-Z]\w+Client$/.test(each) && each !== "Client",
    );
    const Client = name && (all[name] as unknown as new (settings: object) => Client);
    if (!Command || !Client) throw new Error(`The SDK has no ${operation}.`);
    const schema = new Command({}).schema as readonly unknown[];
    const client = new Client(clientSettings(cloud.endpoint));
    await poller.longest();
    const input = adversarialInput(schema[4], filling, known);
    await client
      .send(new Command(input), { abortSignal: AbortSignal.timeout(answersWithinMs) })
      .catch(() => undefined);
    client.destroy();
    return poller.longest();
  }
});
