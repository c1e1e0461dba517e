import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateExperimentTemplateCommand,
  FisClient,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startCloud, type Cloud } from "../../local/cloud.ts";
import { startUpstreamGateway, type UpstreamGateway } from "../../local/upstream-gateway.ts";
import { failureOf } from "../support/failure-of.ts";

describe("A gateway in front of another endpoint", () => {
  let upstream: Cloud;
  let gateway: UpstreamGateway;
  const settings = (endpoint: string) => ({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });

  before(async () => {
    upstream = await startCloud();
    gateway = await startUpstreamGateway(new URL(upstream.endpoint));
  });

  after(async () => {
    await gateway.close();
    await upstream.close();
  });

  it("hands calls on", async () => {
    await new DynamoDBClient(settings(gateway.endpoint)).send(
      new CreateTableCommand({
        TableName: "Upstream",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );

    const tables = await new DynamoDBClient(settings(upstream.endpoint)).send(
      new ListTablesCommand({}),
    );
    expect(tables.TableNames).to.deep.equal(["Upstream"]);
  });

  it("keeps clients behind it where the upstream answers its own address", async () => {
    const { QueueUrl } = await new SQSClient(settings(gateway.endpoint)).send(
      new CreateQueueCommand({ QueueName: "behind" }),
    );
    expect(QueueUrl).to.equal(`${gateway.endpoint}/000000000000/behind`);
  });

  it("adds FIS, whose outage the upstream itself knows nothing of", async () => {
    const fis = new FisClient(settings(gateway.endpoint));
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({
        clientToken: "upstream",
        description: "An outage of DynamoDB",
        actions: {
          outage: {
            actionId: "localstack:generic:api-error",
            parameters: { service: "dynamodb", operation: "ListTables" },
          },
        },
        stopConditions: [{ source: "none" }],
        roleArn: "arn:aws:iam::000000000000:role/experiment",
      }),
    );
    const { experiment } = await fis.send(
      new StartExperimentCommand({ experimentTemplateId: experimentTemplate?.id }),
    );
    const through = new DynamoDBClient(settings(gateway.endpoint));

    const failure = await failureOf(through.send(new ListTablesCommand({})));
    const direct = await new DynamoDBClient(settings(upstream.endpoint)).send(
      new ListTablesCommand({}),
    );
    await fis.send(new StopExperimentCommand({ id: experiment?.id }));
    const afterwards = await through.send(new ListTablesCommand({}));

    expect(failure.name).to.equal("InternalError");
    expect(direct.TableNames).to.deep.equal(["Upstream"]);
    expect(afterwards.TableNames).to.deep.equal(["Upstream"]);
  });

  it("says that the upstream does not answer", async () => {
    const gone = await startCloud();
    await gone.close();
    const alone = await startUpstreamGateway(new URL(gone.endpoint));
    const failure = await failureOf(
      new DynamoDBClient(settings(alone.endpoint)).send(new ListTablesCommand({})),
    );
    await alone.close();
    expect(failure.message).to.match(/^The upstream http:\/\/127\.0\.0\.1:\d+ did not answer: /);
  });
});
