import {
  CreateExperimentTemplateCommand,
  FisClient,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { zipSync, strToU8 } from "fflate";
import { randomUUID } from "node:crypto";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

const code = `
let runs = 0;
export async function handler(event, context) {
  runs += 1;
  if (event.fail) throw new Error("my own");
  return { runs, remainingMs: context.getRemainingTimeInMillis() };
}`;

describe("faults inside Lambda", function () {
  this.timeout(20_000);

  let cloud: Cloud;
  let lambda: LambdaClient;
  let fis: FisClient;
  let fisRole: string;
  let functionArn: string;
  const log: Record<string, unknown>[] = [];

  before(async () => {
    cloud = await startCloud({ log: (entry) => log.push(entry) });
    const settings = clientSettings(cloud.endpoint);
    lambda = new LambdaClient(settings);
    fis = new FisClient(settings);
    const iam = new IAMClient(settings);
    const trusts = (Service: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
      });
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: "fis",
        AssumeRolePolicyDocument: trusts("fis.amazonaws.com"),
      }),
    );
    fisRole = Role?.Arn ?? "";
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: "fis",
        PolicyName: "calls",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "lambda:GetFunction", Resource: "*" }],
        }),
      }),
    );
  });

  beforeEach(async () => {
    const { FunctionArn } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: `f-${randomUUID()}`,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: "arn:aws:iam::000000000000:role/any",
        Timeout: 2,
        Code: { ZipFile: zipSync({ "index.mjs": strToU8(code) }) },
      }),
    );
    functionArn = FunctionArn ?? "";
  });

  after(() => cloud.close());

  async function start(actionId: string, parameters: Record<string, string>): Promise<string> {
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({
        clientToken: randomUUID(),
        description: "fault",
        roleArn: fisRole,
        stopConditions: [{ source: "none" }],
        targets: {
          functions: {
            resourceType: "aws:lambda:function",
            resourceArns: [functionArn],
            selectionMode: "ALL",
          },
        },
        actions: {
          fault: {
            actionId,
            parameters: { duration: "PT10M", ...parameters },
            targets: { Functions: "functions" },
          },
        },
      }),
    );
    const { experiment } = await fis.send(
      new StartExperimentCommand({
        clientToken: randomUUID(),
        experimentTemplateId: experimentTemplate?.id,
      }),
    );
    expect(experiment?.state?.status).to.equal("running");
    return experiment?.id ?? "";
  }

  async function invoke(event: object = {}) {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify(event) }),
    );
    const text = Buffer.from(Payload ?? []).toString("utf8");
    return { error: FunctionError, answer: JSON.parse(text) as Record<string, unknown> };
  }

  it("delay the handler, which has so much less time", async () => {
    await start("aws:lambda:invocation-add-delay", { startupDelayMilliseconds: "500" });
    const { error, answer } = await invoke();
    expect(error).to.equal(undefined);
    expect(answer["remainingMs"]).to.be.at.most(1500);
  });

  it("time the function out when the delay is longer than its timeout", async () => {
    const id = await start("aws:lambda:invocation-add-delay", {
      startupDelayMilliseconds: "60000",
    });
    const { error, answer } = await invoke();
    expect(error).to.equal("Unhandled");
    expect(answer["errorMessage"]).to.match(/Task timed out after 2\.00 seconds$/);
    await fis.send(new StopExperimentCommand({ id }));
    expect((await invoke()).answer["runs"]).to.equal(1);
  });

  it("fail an invocation before the function runs, or after", async () => {
    const before = await start("aws:lambda:invocation-error", { preventExecution: "true" });
    expect(await invoke()).to.deep.equal({
      error: "Unhandled",
      answer: {
        errorType: "FaultInjection",
        errorMessage: "Failing as per Fault Injection Simulator configuration",
      },
    });
    await fis.send(new StopExperimentCommand({ id: before }));
    expect((await invoke()).answer["runs"]).to.equal(1);

    const afterwards = await start("aws:lambda:invocation-error", { preventExecution: "false" });
    expect((await invoke()).error).to.equal("Unhandled");
    expect((await invoke({ fail: true })).answer["errorMessage"]).to.equal("my own");
    await fis.send(new StopExperimentCommand({ id: afterwards }));
    expect((await invoke()).answer["runs"]).to.equal(4);
  });

  it("answer for the function", async () => {
    await start("aws:lambda:invocation-http-integration-response", {
      preventExecution: "true",
      statusCode: "503",
      contentTypeHeader: "text/plain",
    });
    expect(await invoke()).to.deep.equal({
      error: undefined,
      answer: {
        statusCode: 503,
        headers: { "Content-Type": "text/plain" },
        body: "",
        isBase64Encoded: false,
      },
    });
  });

  it("say what the function lacks that they would need on AWS", async () => {
    const experimentId = await start("aws:lambda:invocation-add-delay", {});
    expect(log).to.deep.include({
      event: "fis-lambda-extension-missing",
      experimentId,
      action: "fault",
      function: functionArn,
      problem: "On AWS the function needs FIS's extension, and AWS_FIS_CONFIGURATION_LOCATION.",
    });
  });

  it("need no layer but FIS's own, which is the only one there is", async () => {
    const create = (layer: string) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: `f-${randomUUID()}`,
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Role: "arn:aws:iam::000000000000:role/any",
          Code: { ZipFile: zipSync({ "index.mjs": strToU8(code) }) },
          Layers: [layer],
        }),
      );
    const arn = "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:9";
    expect((await create(arn)).Layers?.map(({ Arn }) => Arn)).to.deep.equal([arn]);
    const other = "arn:aws:lambda:us-east-1:000000000000:layer:mine:1";
    expect((await failureOf(create(other))).message).to.contain(`The layer ${other} is not served`);
  });
});
