import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DescribeAutomationExecutionsCommand,
  SSMClient,
  StopAutomationExecutionCommand,
} from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { until } from "../fis/until.ts";
import { type Rehearsal, startRehearsal } from "./start-rehearsal.ts";

interface Statement {
  Action: string[];
}

/** Role → action → the scenario that fails without it. */
const scenarios: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "outage-drill-experiments": {
    "ssm:StartAutomationExecution": "outage",
    "ssm:GetAutomationExecution": "outage",
    "ssm:StopAutomationExecution": "outage",
    "iam:PassRole": "outage",
    "lambda:GetFunction": "slow-functions",
    "s3:PutObject": "function-error",
    "s3:DeleteObject": "function-response",
  },
  "deny-products-table": { "dynamodb:PutResourcePolicy": "outage" },
};

/** A policy cannot be empty. */
const allowsNothing = { Effect: "Allow", Action: ["sts:GetCallerIdentity"], Resource: "*" };

describe("the roles of the experiments", function () {
  this.timeout(30_000);

  let cloud: Rehearsal;
  let iam: IAMClient;
  let ssm: SSMClient;

  before(async () => {
    cloud = await startRehearsal({
      lambdaFaults: "true",
      fisExtensionLayerArn:
        "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:9",
    });
    iam = new IAMClient(cloud.settings);
    ssm = new SSMClient(cloud.settings);
  });

  after(() => cloud[Symbol.asyncDispose]());

  async function statementsOf(RoleName: string): Promise<Statement[]> {
    const { PolicyDocument = "" } = await iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: "calls" }),
    );
    return (JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: Statement[] }).Statement;
  }

  const setStatements = (RoleName: string, statements: readonly Statement[]) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: "calls",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      }),
    );

  const running = async () => {
    const { AutomationExecutionMetadataList = [] } = await ssm.send(
      new DescribeAutomationExecutionsCommand({
        Filters: [{ Key: "ExecutionStatus", Values: ["InProgress", "Cancelling"] }],
      }),
    );
    return AutomationExecutionMetadataList;
  };

  async function endAutomations(): Promise<void> {
    for (const { AutomationExecutionId } of await running())
      await ssm
        .send(new StopAutomationExecutionCommand({ AutomationExecutionId }))
        .catch(() => undefined);
    await until("the end of all automations", async () =>
      (await running()).length === 0 ? true : undefined,
    );
  }

  for (const [role, byAction] of Object.entries(scenarios)) {
    it(`of ${role} allows what is tested here, and to write FIS's logs`, async () => {
      const allowed = (await statementsOf(role)).flatMap(({ Action }) => Action);
      const others = allowed.filter((action) => !action.startsWith("logs:"));
      expect(new Set(others)).to.deep.equal(new Set(Object.keys(byAction)));
    });

    for (const [action, scenario] of Object.entries(byAction))
      it(`of ${role} cannot do ${scenario} without ${action}`, async () => {
        const whole = await statementsOf(role);
        const left = whole
          .map((statement) => ({
            ...statement,
            Action: statement.Action.filter((each) => each !== action),
          }))
          .filter(({ Action }) => Action.length > 0);
        await setStatements(role, left.length > 0 ? left : [allowsNothing]);
        try {
          const id = await cloud.start(scenario);
          if (action === "ssm:StopAutomationExecution") await cloud.stop(id);
          const state = await until("a failed experiment", async () => {
            const { state: present } = await cloud.experiment(id);
            return present?.status === "failed" ? present : undefined;
          });
          expect(state.reason).to.contain(`not authorized to perform: ${action}`);
        } finally {
          await setStatements(role, whole);
          await endAutomations();
        }
        expect(await cloud.post("after")).to.equal("200 Product added/updated successfully.");
      });
  }
});
