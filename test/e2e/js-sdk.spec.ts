import { APIGatewayClient, GetApiKeysCommand } from "@aws-sdk/client-api-gateway";
import {
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ListTablesCommand,
} from "@aws-sdk/client-dynamodb";
import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { LambdaClient, ListFunctionsCommand, ListLayersCommand } from "@aws-sdk/client-lambda";
import { ListPlatformApplicationsCommand, ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  GetQueueUrlCommand,
  RemovePermissionCommand,
  ListQueuesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import type { Log } from "../../local/log.ts";
import { clientSettings } from "../support/client-settings.ts";
import { failureOf } from "../support/failure-of.ts";

describe("the AWS SDK for JavaScript as a client", function () {
  this.timeout(30_000);
  let cloud: Cloud;
  const entries: Parameters<Log>[0][] = [];
  beforeEach(async () => {
    entries.length = 0;
    cloud = await startCloud({ log: (entry) => entries.push(entry) });
  });
  afterEach(() => cloud.close());

  /** As a user has them: the SDK's own number of attempts. */
  const settings = () => {
    const { endpoint, region, credentials } = clientSettings(cloud.endpoint);
    return { endpoint, region, credentials };
  };
  const setFaults = (statusCode: number, code: string) =>
    fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
      method: "POST",
      body: JSON.stringify([{ error: { statusCode, code } }]),
    });
  const calls: Record<string, () => Promise<unknown>> = {
    DynamoDB: () => new DynamoDBClient(settings()).send(new ListTablesCommand({})),
    SQS: () => new SQSClient(settings()).send(new ListQueuesCommand({})),
    SNS: () => new SNSClient(settings()).send(new ListTopicsCommand({})),
    Lambda: () => new LambdaClient(settings()).send(new ListFunctionsCommand({})),
  };

  for (const [service, call] of Object.entries(calls)) {
    it(`tries a failure of ${service} again, and gives it up with the error's name`, async () => {
      await setFaults(500, "InternalError");
      const failure = await failureOf(call());
      expect(failure.name).to.match(/^InternalError/);
      expect(failure.$metadata).to.include({ httpStatusCode: 500 });
      expect(failure.message).to.equal("Operation failed due to a simulated fault");
      expect(entries.filter(({ event }) => event === "fault-fired").length).to.be.greaterThan(2);
    });

    it(`does not try again what ${service} denies`, async () => {
      await setFaults(403, "AccessDeniedException");
      expect((await failureOf(call())).name).to.match(/^AccessDenied/);
      expect(entries.filter(({ event }) => event === "fault-fired")).to.have.length(1);
    });
  }

  it("tells a queue that is not there by its modelled name", async () => {
    const failure = await failureOf(
      new SQSClient(settings()).send(new GetQueueUrlCommand({ QueueName: "missing" })),
    );
    expect(failure.name).to.equal("QueueDoesNotExist");
  });

  it("is told of an operation that is not there, which the log names", async () => {
    const TableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/t-1";
    const unknown: readonly [() => Promise<unknown>, string][] = [
      [
        () =>
          new DynamoDBClient(settings()).send(
            new ExportTableToPointInTimeCommand({ TableArn, S3Bucket: "bucket" }),
          ),
        "UnknownOperationException",
      ],
      [
        () =>
          new SQSClient(settings()).send(
            new RemovePermissionCommand({ QueueUrl: `${cloud.endpoint}/0/q`, Label: "l" }),
          ),
        "UnknownOperationException",
      ],
      [
        () => new LambdaClient(settings()).send(new ListLayersCommand({})),
        "UnknownOperationException",
      ],
      [
        () => new APIGatewayClient(settings()).send(new GetApiKeysCommand({})),
        "UnknownOperationException",
      ],
      [
        () => new SNSClient(settings()).send(new ListPlatformApplicationsCommand({})),
        "InvalidAction",
      ],
      [() => new IAMClient(settings()).send(new ListUsersCommand({})), "InvalidAction"],
    ];
    for (const [call, name] of unknown) expect((await failureOf(call())).name).to.equal(name);
    const logged = entries
      .filter(({ event }) => event === "unknown-operation")
      .map(({ operation }) => operation);
    expect(logged).to.include.members([
      "ExportTableToPointInTime",
      "RemovePermission",
      "ListPlatformApplications",
      "ListUsers",
    ]);
  });
});
