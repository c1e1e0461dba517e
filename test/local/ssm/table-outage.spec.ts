import {
  DynamoDBClient,
  GetResourcePolicyCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CreateExperimentTemplateCommand,
  GetExperimentCommand,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { CreateDocumentCommand } from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { until } from "../fis/until.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type Account, accountId, policy, startAccount } from "./start-account.ts";
import { tableDenyDocument } from "./table-deny-document.ts";

const documentArn = `arn:aws:ssm:us-east-1:${accountId}:document/DenyTable`;
const executions = `arn:aws:ssm:us-east-1:${accountId}:automation-execution/*`;

describe("a FIS experiment that denies a table", () => {
  let account: Account;
  let before: string;
  let tableArn: string;
  let writer: DynamoDBClient;

  beforeEach(async () => {
    account = await startAccount();
    tableArn = await account.table("Products");
    const writerArn = await account.role(
      "writer",
      ["lambda.amazonaws.com"],
      [{ Effect: "Allow", Action: "dynamodb:PutItem", Resource: tableArn }],
    );
    writer = new DynamoDBClient(await account.settingsOf(writerArn));
    before = policy([
      {
        Effect: "Deny",
        Principal: "*",
        Action: "dynamodb:DeleteItem",
        Resource: tableArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    await account.dynamodb.send(
      new PutResourcePolicyCommand({ ResourceArn: tableArn, Policy: before }),
    );
    const automationRole = await account.role(
      "automation",
      ["ssm.amazonaws.com"],
      [
        {
          Effect: "Allow",
          Action: ["dynamodb:GetResourcePolicy", "dynamodb:PutResourcePolicy"],
          Resource: tableArn,
        },
      ],
    );
    await account.ssm.send(
      new CreateDocumentCommand({
        Name: "DenyTable",
        DocumentType: "Automation",
        Content: JSON.stringify(
          tableDenyDocument({ tableArn, deniedRoleArn: writerArn, assumeRole: automationRole }),
        ),
      }),
    );
  });

  afterEach(() => account[Symbol.asyncDispose]());

  const statements = () => [
    {
      Effect: "Allow",
      Action: "ssm:StartAutomationExecution",
      Resource: [documentArn, executions],
    },
    {
      Effect: "Allow",
      Action: "ssm:GetAutomationExecution",
      Resource: executions,
    },
    { Effect: "Allow", Action: "ssm:StopAutomationExecution", Resource: executions },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: `arn:aws:iam::${accountId}:role/automation`,
      Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
    },
  ];

  async function start(roleArn: string, Duration = "PT5M"): Promise<string> {
    const { experimentTemplate } = await account.fis.send(
      new CreateExperimentTemplateCommand({
        clientToken: randomUUID(),
        description: "deny",
        roleArn,
        stopConditions: [{ source: "none" }],
        actions: {
          deny: {
            actionId: "aws:ssm:start-automation-execution",
            parameters: {
              documentArn,
              documentParameters: JSON.stringify({ Duration }),
              maxDuration: "PT10M",
            },
          },
        },
      }),
    );
    const { experiment } = await account.fis.send(
      new StartExperimentCommand({
        clientToken: randomUUID(),
        experimentTemplateId: experimentTemplate?.id,
      }),
    );
    return experiment?.id ?? "";
  }

  const put = () =>
    writer.send(new PutItemCommand({ TableName: "Products", Item: { id: { S: "1" } } }));
  const outcome = () =>
    put().then(
      () => "accepted",
      (error: unknown) => (error as Error).name,
    );
  const stateOf = async (id: string) =>
    (await account.fis.send(new GetExperimentCommand({ id }))).experiment;
  const denied = () =>
    until("a denied write", async () => (await outcome()) === "AccessDeniedException" || undefined);
  const ends = (id: string, status: string) =>
    until(`a ${status} experiment`, async () =>
      (await stateOf(id))?.state?.status === status ? true : undefined,
    );
  const policyNow = async () =>
    (await account.dynamodb.send(new GetResourcePolicyCommand({ ResourceArn: tableArn }))).Policy;

  it("fails the role's writes until it is stopped, and puts the policy back", async () => {
    await put();
    const id = await start(await account.role("fis", ["fis.amazonaws.com"], statements()));
    await denied();
    expect((await failureOf(put())).message).to.contain("explicit deny in a resource-based policy");

    await account.fis.send(new StopExperimentCommand({ id }));
    await ends(id, "stopped");
    expect(await outcome()).to.equal("accepted");
    expect(await policyNow()).to.equal(before);
  });

  it("completes when the runbook has, with the policy back", async () => {
    const id = await start(
      await account.role("fis", ["fis.amazonaws.com"], statements()),
      "PT0.2S",
    );
    await ends(id, "completed");
    expect(await outcome()).to.equal("accepted");
    expect(await policyNow()).to.equal(before);
  });

  for (const [missing, names] of [
    [0, "ssm:StartAutomationExecution"],
    [1, "ssm:GetAutomationExecution"],
    [3, "iam:PassRole"],
  ] as const)
    it(`fails when its role lacks ${names}`, async () => {
      const granted = statements().filter((_, index) => index !== missing);
      const id = await start(await account.role("fis", ["fis.amazonaws.com"], granted));
      await ends(id, "failed");
      expect((await stateOf(id))?.state?.reason).to.contain(names);
      await until("an accepted write", async () =>
        (await outcome()) === "accepted" ? true : undefined,
      );
    });

  it("fails at once when its role does not trust FIS", async () => {
    const id = await start(await account.role("fis", ["lambda.amazonaws.com"], statements()));
    const state = (await stateOf(id))?.state;
    expect(state?.status).to.equal("failed");
    expect(state?.reason).to.equal(
      `Unable to assume the role arn:aws:iam::${accountId}:role/fis: it is not there, or does not trust fis.amazonaws.com.`,
    );
    expect(await outcome()).to.equal("accepted");
  });

  it("puts the policy back when the cloud is stopped", async () => {
    await start(await account.role("fis", ["fis.amazonaws.com"], statements()));
    await denied();
    await account[Symbol.asyncDispose]();
    const ends = account.log.filter(({ event }) => event === "ssm-automation-end");
    expect(ends.map(({ status }) => status)).to.deep.equal(["Cancelled"]);
    expect(
      account.log.some(({ step, status }) => step === "RestorePolicy" && status === "Success"),
    ).to.equal(true);
  });
});
