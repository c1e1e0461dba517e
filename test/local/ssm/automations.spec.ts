import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateDocumentCommand,
  DescribeAutomationExecutionsCommand,
  GetAutomationExecutionCommand,
  StartAutomationExecutionCommand,
  StopAutomationExecutionCommand,
} from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { stringify } from "yaml";
import { failureOf } from "../../support/failure-of.ts";
import { until } from "../fis/until.ts";
import { type Account, startAccount } from "./start-account.ts";

const put = (id: string, TableName = "Things") => ({
  action: "aws:executeAwsApi",
  inputs: { Service: "dynamodb", Api: "PutItem", TableName, Item: { id: { S: id } } },
});
const sleep = (Duration: string) => ({ action: "aws:sleep", inputs: { Duration } });

describe("Automation executions", () => {
  let account: Account;

  before(async () => {
    account = await startAccount();
    await account.table("Things");
  });

  after(() => account[Symbol.asyncDispose]());

  async function create(mainSteps: object[], more: object = {}): Promise<string> {
    const Name = `runbook-${randomUUID()}`;
    await account.ssm.send(
      new CreateDocumentCommand({
        Name,
        DocumentType: "Automation",
        DocumentFormat: "YAML",
        Content: stringify({ schemaVersion: "0.3", mainSteps, ...more }),
      }),
    );
    return Name;
  }

  async function start(DocumentName: string, Parameters?: Record<string, string[]>) {
    const { AutomationExecutionId } = await account.ssm.send(
      new StartAutomationExecutionCommand({ DocumentName, Parameters }),
    );
    return AutomationExecutionId ?? "";
  }

  async function get(AutomationExecutionId: string) {
    const { AutomationExecution } = await account.ssm.send(
      new GetAutomationExecutionCommand({ AutomationExecutionId }),
    );
    return AutomationExecution;
  }

  /** Waits for the end; answers the status and the steps with theirs. */
  async function outcome(id: string): Promise<string[]> {
    const ended = await until("the end of the automation", async () => {
      const found = await get(id);
      return found?.ExecutionEndTime ? found : undefined;
    });
    const steps = ended.StepExecutions ?? [];
    return [
      String(ended.AutomationExecutionStatus),
      ...steps.map(({ StepName, StepStatus }) => `${String(StepName)} ${String(StepStatus)}`),
    ];
  }

  const isThere = async (id: string) => {
    const command = new GetItemCommand({ TableName: "Things", Key: { id: { S: id } } });
    return (await account.dynamodb.send(command)).Item !== undefined;
  };

  it("calls services with its parameters and with the outputs of earlier steps", async () => {
    const id = randomUUID();
    const name = await create(
      [
        {
          name: "Describe",
          action: "aws:executeAwsApi",
          inputs: { Service: "dynamodb", Api: "DescribeTable", TableName: "{{ Table }}" },
          outputs: [
            { Name: "Key", Selector: "$.Table.KeySchema[0].AttributeName", Type: "String" },
          ],
        },
        {
          name: "Put",
          action: "aws:executeAwsApi",
          inputs: {
            Service: "dynamodb",
            Api: "PutItem",
            TableName: "{{ Table }}",
            Item: { id: { S: "{{ Id }}" }, note: { S: "key {{ Describe.Key }} of {{ Table }}" } },
          },
        },
      ],
      {
        parameters: { Table: { type: "String", default: "Things" }, Id: { type: "String" } },
        outputs: ["Describe.Key"],
      },
    );
    const execution = await start(name, { Id: [id] });
    expect(await outcome(execution)).to.deep.equal(["Success", "Describe Success", "Put Success"]);
    const { Item } = await account.dynamodb.send(
      new GetItemCommand({ TableName: "Things", Key: { id: { S: id } } }),
    );
    expect(Item?.["note"]).to.deep.equal({ S: "key id of Things" });
    expect((await get(execution))?.Outputs).to.deep.equal({ "Describe.Key": ["id"] });
  });

  it("stops at a step that fails", async () => {
    const id = randomUUID();
    const execution = await start(
      await create([
        { name: "Bad", ...put(id, "Nothing") },
        { name: "Good", ...put(id) },
      ]),
    );
    expect(await outcome(execution)).to.deep.equal(["Failed", "Bad Failed"]);
    expect((await get(execution))?.FailureMessage).to.match(
      /^An error occurred \(ResourceNotFoundException\) when calling the PutItem operation: /,
    );
    expect(await isThere(id)).to.equal(false);
  });

  it("goes where a failed step says, and is failed by it only when it is critical", async () => {
    const steps = (isCritical: boolean) => [
      { name: "Bad", ...put("x", "Nothing"), onFailure: "step:Undo", isCritical },
      { name: "Skipped", ...put("x") },
      { name: "Undo", ...put("undone"), isEnd: true },
      { name: "Never", ...put("never") },
    ];
    expect(await outcome(await start(await create(steps(true))))).to.deep.equal([
      "Failed",
      "Bad Failed",
      "Undo Success",
    ]);
    expect(await outcome(await start(await create(steps(false))))).to.deep.equal([
      "Success",
      "Bad Failed",
      "Undo Success",
    ]);
  });

  it("goes on after a failed step that says so, and jumps to the next step that is named", async () => {
    const name = await create([
      { name: "Bad", ...put("x", "Nothing"), onFailure: "Continue", isCritical: false },
      { name: "Jump", ...put("x"), nextStep: "Last" },
      { name: "Skipped", ...put("x") },
      { name: "Last", ...put("x") },
    ]);
    expect(await outcome(await start(name))).to.deep.equal([
      "Success",
      "Bad Failed",
      "Jump Success",
      "Last Success",
    ]);
  });

  it("cuts a sleep short when it is cancelled, and does what is to be done then", async () => {
    const id = randomUUID();
    const execution = await start(
      await create([
        { name: "Hold", ...sleep("PT1H"), onCancel: "step:Undo" },
        { name: "Skipped", ...put("x") },
        { name: "Undo", ...put(id), isEnd: true },
      ]),
    );
    const stop = new StopAutomationExecutionCommand({ AutomationExecutionId: execution });
    await account.ssm.send(stop);
    expect(await outcome(execution)).to.deep.equal(["Cancelled", "Hold Cancelled", "Undo Success"]);
    expect(await isThere(id)).to.equal(true);
    expect((await failureOf(account.ssm.send(stop))).name).to.equal(
      "InvalidAutomationStatusUpdateException",
    );
  });

  it("is failed, and not cancelled, when its undoing fails", async () => {
    const execution = await start(
      await create([
        { name: "Hold", ...sleep("PT1H"), onCancel: "step:Undo" },
        { name: "Undo", ...put("x", "Nothing") },
      ]),
    );
    await account.ssm.send(
      new StopAutomationExecutionCommand({ AutomationExecutionId: execution }),
    );
    expect(await outcome(execution)).to.deep.equal(["Failed", "Hold Cancelled", "Undo Failed"]);
  });

  it("tries a step again as often as it says", async () => {
    const TableName = `later-${randomUUID()}`;
    const execution = await start(
      await create([{ name: "Retry", ...put("x", TableName), maxAttempts: 10 }]),
    );
    await account.table(TableName);
    expect(await outcome(execution)).to.deep.equal(["Success", "Retry Success"]);
  });

  it("ends a sleep that is longer than its step may be", async () => {
    const name = await create([{ name: "Hold", ...sleep("PT1H"), timeoutSeconds: 1 }]);
    expect(await outcome(await start(name))).to.deep.equal(["TimedOut", "Hold TimedOut"]);
  });

  it("makes its calls as the role it assumes, which must trust it", async () => {
    const trusted = await account.role("ssm-trusted", ["ssm.amazonaws.com"], []);
    const other = await account.role("ssm-other", ["lambda.amazonaws.com"], []);
    const steps = [{ name: "Put", ...put("x") }];
    const execution = await start(await create(steps, { assumeRole: trusted }));
    expect(await outcome(execution)).to.deep.equal(["Failed", "Put Failed"]);
    expect((await get(execution))?.FailureMessage).to.contain("(AccessDeniedException)");
    const failure = await failureOf(start(await create(steps, { assumeRole: other })));
    expect(failure.name).to.equal("InvalidAutomationExecutionParametersException");
    expect(failure.message).to.equal(
      `The role ${other} cannot be assumed: it is not there, or does not trust ssm.amazonaws.com.`,
    );
  });

  it("refuses parameters that the runbook does not have, lacks, or does not allow", async () => {
    const name = await create([{ name: "Hold", ...sleep("{{ Time }}") }], {
      parameters: { Time: { type: "String", allowedPattern: "PT[0-9]+S" } },
    });
    const given: Record<string, string[]>[] = [{}, { Other: ["x"] }, { Time: ["soon"] }];
    const messages = await Promise.all(
      given.map(async (parameters) => (await failureOf(start(name, parameters))).message),
    );
    expect(messages).to.deep.equal([
      "Parameter Time is missing and has no default.",
      "Parameter Other is not defined in the runbook, which has: Time.",
      "Parameter Time must match PT[0-9]+S, not soon.",
    ]);
    expect((await failureOf(start("nothing-there"))).name).to.equal(
      "AutomationDefinitionNotFoundException",
    );
  });

  it("starts once for one client token, and lists executions page by page", async () => {
    const DocumentName = await create([{ name: "Put", ...put("x") }]);
    const ClientToken = randomUUID();
    const command = () => new StartAutomationExecutionCommand({ DocumentName, ClientToken });
    const [one, two] = [await account.ssm.send(command()), await account.ssm.send(command())];
    expect(one.AutomationExecutionId).to.equal(two.AutomationExecutionId);
    await start(DocumentName);
    await start(DocumentName);
    const ids = new Set<string>();
    let NextToken: string | undefined;
    do {
      const page = await account.ssm.send(
        new DescribeAutomationExecutionsCommand({
          Filters: [{ Key: "DocumentNamePrefix", Values: [DocumentName] }],
          MaxResults: 2,
          NextToken,
        }),
      );
      for (const { AutomationExecutionId = "" } of page.AutomationExecutionMetadataList ?? [])
        ids.add(AutomationExecutionId);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids.size).to.equal(3);
    const missing = await failureOf(get(randomUUID()));
    expect(missing.name).to.equal("AutomationExecutionNotFoundException");
  });
});
