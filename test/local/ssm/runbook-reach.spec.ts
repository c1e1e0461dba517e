import { CreateRoleCommand, IAMClient, ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import {
  CreateDocumentCommand,
  GetAutomationExecutionCommand,
  StartAutomationExecutionCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { until } from "../fis/until.ts";

type Step = Record<string, unknown>;

const api = (name: string, Service: string, Api: string, input: object = {}, more: Step = {}) => ({
  ...{ name, action: "aws:executeAwsApi", inputs: { Service, Api, ...input } },
  ...more,
});
const output = (Name: string, Selector: string, Type = "String") => ({
  outputs: [{ Name, Selector, Type }],
});

describe("Runbooks", () => {
  let cloud: Cloud;
  let ssm: SSMClient;
  before(async () => {
    cloud = await startCloud();
    ssm = new SSMClient(clientSettings(cloud.endpoint));
  });
  after(() => cloud.close());

  async function create(mainSteps: readonly Step[], more: object = {}): Promise<string> {
    const Name = `runbook-${crypto.randomUUID()}`;
    await ssm.send(
      new CreateDocumentCommand({
        ...{ Name, DocumentType: "Automation", DocumentFormat: "JSON" },
        Content: JSON.stringify({ schemaVersion: "0.3", mainSteps, ...more }),
      }),
    );
    return Name;
  }

  async function run(DocumentName: string, Parameters?: Record<string, string[]>) {
    const { AutomationExecutionId } = await ssm.send(
      new StartAutomationExecutionCommand({ DocumentName, Parameters }),
    );
    const get = async () =>
      (await ssm.send(new GetAutomationExecutionCommand({ AutomationExecutionId })))
        .AutomationExecution;
    await until("the automation to end", async () =>
      /Pending|InProgress/.test((await get())?.AutomationExecutionStatus ?? "") ? undefined : true,
    );
    return get();
  }

  it("call every service that is served, in whatever protocol it speaks", async () => {
    const RoleName = `role-${crypto.randomUUID()}`;
    const iam = new IAMClient(clientSettings(cloud.endpoint));
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    const PolicyArn = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess";
    const name = await create(
      [
        api("attach", "iam", "AttachRolePolicy", { RoleName, PolicyArn }),
        api("who", "sts", "GetCallerIdentity", {}, output("Account", "$.Account")),
        api("topic", "sns", "CreateTopic", { Name: "t" }, output("Arn", "$.TopicArn")),
        api("attributes", "sns", "GetTopicAttributes", { TopicArn: "{{ topic.Arn }}" }),
        api("alarm", "cloudwatch", "PutMetricAlarm", {
          ...{ AlarmName: "a", MetricName: "m", Namespace: "n", Statistic: "Sum", Period: 60 },
          ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" },
        }),
        api("state", "cloudwatch", "SetAlarmState", {
          ...{ AlarmName: "a", StateValue: "OK", StateReason: "x" },
        }),
        {
          name: "isOk",
          action: "aws:assertAwsResourceProperty",
          inputs: {
            ...{ Service: "cloudwatch", Api: "DescribeAlarms", AlarmNames: ["a"] },
            ...{ PropertySelector: "$.MetricAlarms[0].StateValue", DesiredValues: ["OK"] },
          },
        },
        api("functions", "lambda", "ListFunctions", {}, output("All", "$.Functions", "MapList")),
        api("apis", "apigateway", "GetRestApis"),
        api("templates", "fis", "ListExperimentTemplates"),
        api("documents", "ssm", "ListDocuments"),
        api("tables", "dynamodb", "ListTables", {}, output("Names", "$.TableNames", "StringList")),
        api("queue", "sqs", "CreateQueue", { QueueName: "q" }, output("Url", "$.QueueUrl")),
        api("group", "logs", "CreateLogGroup", { logGroupName: "g" }),
        api("key", "kms", "DescribeKey", { KeyId: "alias/aws/sqs" }),
      ],
      { outputs: ["who.Account", "queue.Url"] },
    );
    const execution = await run(name);
    expect(execution?.FailureMessage).to.equal(undefined);
    expect(execution?.AutomationExecutionStatus).to.equal("Success");
    expect(execution?.Outputs?.["who.Account"]).to.deep.equal(["000000000000"]);
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(attached.AttachedPolicies?.map((each) => each.PolicyArn)).to.deep.equal([PolicyArn]);
  });

  it("fail with the service's error, and by name for an input that there is not", async () => {
    const missing = await run(await create([api("get", "iam", "GetRole", { RoleName: "nobody" })]));
    expect(missing?.FailureMessage).to.match(/NoSuchEntity.* when calling the GetRole operation/);
    const typo = await run(await create([api("get", "iam", "GetRole", { RoleNam: "nobody" })]));
    expect(typo?.FailureMessage).to.include("GetRole has no input RoleNam");
  });

  it("have Systems Manager's types of parameters", async () => {
    const name = await create(
      [
        {
          name: "choose",
          action: "aws:branch",
          inputs: {
            Choices: [
              { NextStep: "big", Variable: "{{ Count }}", NumericGreater: 5 },
              {
                NextStep: "off",
                And: [
                  { Variable: "{{ Enabled }}", BooleanEquals: false },
                  { Not: { Variable: "{{ Name }}", StringEquals: "x" } },
                ],
              },
            ],
            Default: "small",
          },
        },
        api("big", "sqs", "CreateQueue", { QueueName: "big" }, { isEnd: true }),
        api("off", "sqs", "CreateQueue", { QueueName: "off" }, { isEnd: true }),
        api("small", "sqs", "CreateQueue", {
          QueueName: "small",
          Attributes: "{{ Attributes }}",
        }),
        api("tags", "logs", "CreateLogGroup", { logGroupName: "{{ Names }}" }, { isEnd: true }),
      ],
      {
        parameters: {
          Count: { type: "Integer", default: 1 },
          Enabled: { type: "Boolean", default: true },
          Name: { type: "String", default: "n" },
          Names: { type: "StringList", default: ["a"] },
          Attributes: { type: "StringMap", default: { VisibilityTimeout: "7" } },
          Maps: { type: "MapList", default: [] },
          Role: { type: "AWS::IAM::Role::Arn", default: "" },
          Bucket: { type: "List<AWS::EC2::Instance::Id>", default: [] },
        },
      },
    );
    const stepsOf = async (parameters: Record<string, string[]>) =>
      (await run(name, parameters))?.StepExecutions?.map((step) => step.StepName);
    expect(await stepsOf({ Count: ["6"] })).to.deep.equal(["choose", "big"]);
    expect(await stepsOf({ Enabled: ["false"] })).to.deep.equal(["choose", "off"]);
    const rest = await run(name, { Names: ["a", "b"] });
    expect(rest?.Parameters?.["Names"]).to.deep.equal(["a", "b"]);
    expect(rest?.StepExecutions?.map((step) => step.StepName)).to.deep.equal([
      ...["choose", "small", "tags"],
    ]);
    for (const [parameter, value] of [
      ["Count", "many"],
      ["Enabled", "maybe"],
      ["Attributes", "[1]"],
      ["Maps", "x"],
    ] as const) {
      const failure = await failureOf(run(name, { [parameter]: [value] }));
      expect(failure.name).to.equal("InvalidAutomationExecutionParametersException");
      expect(failure.message).to.include(`Parameter ${parameter}`);
    }
  });
});

const trust = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});
