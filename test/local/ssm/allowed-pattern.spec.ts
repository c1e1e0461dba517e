import { CreateDocumentCommand, StartAutomationExecutionCommand } from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { longestWait } from "../../support/longest-wait.ts";
import { type Account, startAccount } from "./start-account.ts";

describe("A runbook's allowedPattern", () => {
  let account: Account;
  before(async () => (account = await startAccount()));
  after(() => account[Symbol.asyncDispose]());

  async function start(name: string, allowedPattern: string, value: string): Promise<unknown> {
    const content = {
      schemaVersion: "0.3",
      parameters: { Value: { type: "String", allowedPattern } },
      mainSteps: [{ name: "Wait", action: "aws:sleep", inputs: { Duration: "PT1S" } }],
    };
    await account.ssm.send(
      new CreateDocumentCommand({
        Name: name,
        DocumentType: "Automation",
        DocumentFormat: "JSON",
        Content: JSON.stringify(content),
      }),
    );
    return account.ssm.send(
      new StartAutomationExecutionCommand({ DocumentName: name, Parameters: { Value: [value] } }),
    );
  }

  it("holds for the whole value", async () => {
    await start("matches", "[a-z]+", "abc");
    const failure = await failureOf(start("does-not", "[a-z]+", "abc1"));
    expect(failure.message).to.include("must match [a-z]+, not abc1");
  });

  for (const [name, pattern] of [
    ["backtracks", "(a+)+"],
    ["is-none", "(a"],
  ] as const)
    it(`that ${name} is an error of the execution, and nobody waits`, async () => {
      const waitedMs = await longestWait(account.endpoint, async () => {
        const failure = await failureOf(start(name, pattern, `${"a".repeat(40)}!`));
        expect(failure.name).to.equal("InvalidAutomationExecutionParametersException");
        expect(failure.message).to.include("cannot be checked");
      });
      expect(waitedMs).to.be.below(1_000);
    });
});
