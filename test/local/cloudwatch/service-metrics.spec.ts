import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { deployApi, uniqueName } from "../apigateway/deploy-api.ts";
import { type StartedCloudwatch, startCloudwatch } from "./start-cloudwatch.ts";

const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** Fails when it is told to. */
const code = `export const handler = async ({ fail }) => { if (fail) throw new Error("told to"); };`;

describe("Metrics of services", () => {
  let started: StartedCloudwatch;
  let lambda: LambdaClient;
  let apigateway: APIGatewayClient;

  before(async () => {
    started = await startCloudwatch();
    lambda = new LambdaClient(clientSettings(started.endpoint));
    apigateway = new APIGatewayClient(clientSettings(started.endpoint));
    const iam = new IAMClient(clientSettings(started.endpoint));
    await iam.send(
      new CreateRoleCommand({ RoleName: "measured", AssumeRolePolicyDocument: trustPolicy }),
    );
    iam.destroy();
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: "measured",
        Role: "arn:aws:iam::000000000000:role/measured",
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Code: { ZipFile: zipSync({ "index.mjs": strToU8(code) }) },
      }),
    );
  });

  after(async () => {
    lambda.destroy();
    apigateway.destroy();
    await started[Symbol.asyncDispose]();
  });

  /** Sum and number of the values of the last two minutes. */
  async function read(
    Namespace: string,
    MetricName: string,
    dimensions: Record<string, string>,
  ): Promise<[sum: number, count: number]> {
    const now = Date.now();
    const { Datapoints = [] } = await started.cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace,
        MetricName,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(now - 120_000),
        EndTime: new Date(now + 60_000),
        Period: 60,
        Statistics: ["Sum", "SampleCount"],
      }),
    );
    return Datapoints.reduce<[number, number]>(
      ([sum, count], { Sum = 0, SampleCount = 0 }) => [sum + Sum, count + SampleCount],
      [0, 0],
    );
  }
  const invoke = (fail: boolean) =>
    lambda.send(new InvokeCommand({ FunctionName: "measured", Payload: JSON.stringify({ fail }) }));

  it("count a function's invocations, errors and throttles", async () => {
    await started.putAlarm("function-errors", {
      Namespace: "AWS/Lambda",
      MetricName: "Errors",
      Dimensions: [{ Name: "FunctionName", Value: "measured" }],
    });
    await invoke(false);
    await invoke(true);
    const of = { FunctionName: "measured" };
    expect(await read("AWS/Lambda", "Invocations", of)).to.deep.equal([2, 2]);
    expect(await read("AWS/Lambda", "Errors", of)).to.deep.equal([1, 2]);
    expect(await read("AWS/Lambda", "Throttles", of)).to.deep.equal([0, 2]);
    expect((await read("AWS/Lambda", "Duration", of))[1]).to.equal(2);
    await started.untilState("function-errors", "ALARM");

    await lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: "measured",
        ReservedConcurrentExecutions: 0,
      }),
    );
    expect((await failureOf(invoke(false))).name).to.equal("TooManyRequestsException");
    expect(await read("AWS/Lambda", "Throttles", of)).to.deep.equal([1, 3]);
    expect(await read("AWS/Lambda", "Invocations", of)).to.deep.equal([2, 2]);
  });

  it("count an API's requests and errors, by API and by stage", async () => {
    const name = uniqueName();
    const { apiId } = await deployApi(apigateway, ["GET /there"], { name });
    const get = async (path: string) =>
      (await fetch(`${started.endpoint}/_aws/execute-api/${apiId}/dev${path}`)).status;
    // The integration names a function that is not there.
    expect(await get("/there")).to.be.within(500, 599);
    expect(await get("/absent")).to.equal(403);
    const sets: Record<string, string>[] = [{ ApiName: name }, { ApiName: name, Stage: "dev" }];
    for (const dimensions of sets) {
      expect(await read("AWS/ApiGateway", "Count", dimensions)).to.deep.equal([2, 2]);
      expect(await read("AWS/ApiGateway", "5XXError", dimensions)).to.deep.equal([1, 2]);
      expect(await read("AWS/ApiGateway", "4XXError", dimensions)).to.deep.equal([1, 2]);
      expect((await read("AWS/ApiGateway", "Latency", dimensions))[1]).to.equal(2);
    }
  });

  it("count what is sent to a queue, received from it and deleted", async () => {
    const sqs = new SQSClient(clientSettings(started.endpoint));
    const QueueName = `measured-${uniqueName()}`;
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    for (const MessageBody of ["12", "1234"])
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    const ReceiptHandle = Messages[0]?.ReceiptHandle;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    sqs.destroy();
    for (const [metric, sum, count] of [
      ["NumberOfMessagesSent", 2, 2],
      ["SentMessageSize", 6, 2],
      ["NumberOfMessagesReceived", 2, 1],
      ["NumberOfEmptyReceives", 1, 1],
      ["NumberOfMessagesDeleted", 1, 1],
    ] as const)
      expect(await read("AWS/SQS", metric, { QueueName }), metric).to.deep.equal([sum, count]);
  });
});
