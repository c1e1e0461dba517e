import {
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { FisClient, ListExperimentsCommand, StopExperimentCommand } from "@aws-sdk/client-fis";
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { rejection } from "./rejection.ts";
import { startTemplate } from "./start-template.ts";
import { templateInput, tutorialTemplate } from "./template-input.ts";

describe("An outage of the embedded cloud", () => {
  let cloud: Cloud;
  let config: ReturnType<typeof configFor>;
  let fis: FisClient;
  let dynamodb: DynamoDBClient;
  let log: Record<string, unknown>[];

  beforeEach(async () => {
    log = [];
    cloud = await startCloud({ log: (entry) => log.push(entry) });
    config = configFor(cloud.endpoint);
    fis = new FisClient(config);
    dynamodb = new DynamoDBClient(config);
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "Products",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
  });
  afterEach(async () => {
    fis.destroy();
    dynamodb.destroy();
    await cloud.close();
  });

  const scan = (client = dynamodb) => client.send(new ScanCommand({ TableName: "Products" }));

  it("is what the tutorial's template says, for DynamoDB alone, until it is stopped", async () => {
    const { id } = await startTemplate(fis, tutorialTemplate("experiment-ddb"));
    const error = await rejection(scan());
    expect(error).to.include({
      name: "DynamoDbException",
      message: "Failing as per Fault Injection Simulator configuration",
    });
    expect(error).to.have.nested.property("$metadata.httpStatusCode", 500);
    expect(log.find(({ event }) => event === "fault-fired")).to.include({
      service: "dynamodb",
      operation: "Scan",
      region: "us-east-1",
      status: 500,
      code: "DynamoDbException",
      experimentId: id,
      action: "Test action 1",
    });
    await new SQSClient(config).send(new ListQueuesCommand({}));
    await fis.send(new StopExperimentCommand({ id }));
    expect((await scan()).Count).to.equal(0);
  });

  it("lets a call that is waiting go on unharmed once it is stopped", async () => {
    const { id } = await startTemplate(
      fis,
      templateInput({
        slow: { actionId: "localstack:generic:api-error", parameters: { latency: "3600" } },
      }),
    );
    const scanning = scan();
    await fis.send(new ListExperimentsCommand({}));
    await fis.send(new StopExperimentCommand({ id }));
    expect((await scanning).Count).to.equal(0);
  });

  it("reaches every service in its own wire form", async () => {
    await startTemplate(
      fis,
      templateInput({
        everything: {
          actionId: "localstack:generic:api-error",
          parameters: { exception: "ServiceDown", errorCode: "503" },
        },
      }),
    );
    const calls: [Promise<unknown>, string][] = [
      [scan(), "dynamodb"],
      [new SQSClient(config).send(new ListQueuesCommand({})), "sqs"],
      [new SNSClient(config).send(new ListTopicsCommand({})), "sns"],
    ];
    for (const [call, service] of calls) {
      const error = await rejection(call);
      expect(error, service).to.include({
        name: "ServiceDown",
        message: "Failing as per Fault Injection Simulator configuration",
      });
    }
  });

  it("never reaches FIS, nor another region", async () => {
    const { id } = await startTemplate(
      fis,
      templateInput({ everything: { actionId: "localstack:generic:api-error" } }),
    );
    const elsewhere = new DynamoDBClient({ ...config, region: "eu-west-1" });
    expect((await elsewhere.send(new ListTablesCommand({}))).TableNames).to.be.empty;
    await fis.send(new StopExperimentCommand({ id }));
  });

  it("of a role hits the calls of that role and spares those of others", async () => {
    const credentials = await assumeRole(config, "add-product");
    const client = new DynamoDBClient({ ...config, credentials });
    expect((await scan(client)).Count).to.equal(0);
    await startTemplate(
      fis,
      templateInput(
        {
          unavailable: {
            actionId: "aws:fis:inject-api-unavailable-error",
            parameters: { service: "dynamodb", operations: "Scan", duration: "PT5M" },
            targets: { Roles: "functions" },
          },
        },
        {
          targets: {
            functions: {
              resourceType: "aws:iam:role",
              resourceArns: ["arn:aws:iam::000000000000:role/add-product"],
              selectionMode: "ALL",
            },
          },
        },
      ),
    );
    expect(await rejection(scan(client))).to.include({ name: "ServiceUnavailable" });
    expect((await scan()).Count).to.equal(0);
  });

  it("can be made and ended through the Chaos API", async () => {
    const url = `${cloud.endpoint}/_localstack/chaos/faults`;
    const rule = { service: "dynamodb", operation: "Scan" };
    const posted = await fetch(url, { method: "POST", body: JSON.stringify([{ ...rule }]) });
    expect(await posted.json()).to.deep.equal([rule]);
    expect(await rejection(scan())).to.include({
      name: "ServiceUnavailable",
      message: "Operation failed due to a simulated fault",
    });
    expect(log.at(-1)).to.deep.include({ event: "fault-fired", chaosRule: rule });
    await fetch(url, { method: "POST", body: "[]" });
    expect((await scan()).Count).to.equal(0);
  });
});

function configFor(endpoint: string) {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
}

async function assumeRole(config: ReturnType<typeof configFor>, name: string) {
  const iam = new IAMClient(config);
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
      }),
    }),
  );
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: name,
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  );
  const { Credentials } = await new STSClient(config).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::000000000000:role/${name}`,
      RoleSessionName: "test",
    }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
}
