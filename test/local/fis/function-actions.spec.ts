import { StopExperimentCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { lambdaInvocationActions } from "../../../local/services/fis/actions/lambda-invocation.ts";
import { startAutomation } from "../../../local/services/fis/actions/start-automation.ts";
import { createInvocationFaultStore } from "../../../local/services/fis/invocation-fault-store.ts";
import { startFis } from "./start-fis.ts";
import { createTemplate, startTemplate } from "./start-template.ts";
import { failureOf } from "../../support/failure-of.ts";
import { templateInput } from "./template-input.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const functions = [
  { arn: arn("add"), tags: { "FIS-Ready": "true" } },
  { arn: arn("get"), tags: {} as Record<string, string> },
];

function start(rolls: number[] = []) {
  const log: Record<string, unknown>[] = [];
  const invocationFaults = createInvocationFaultStore({
    log: (entry) => log.push(entry),
    random: () => rolls.shift() ?? 0,
  });
  const fis = startFis({
    furtherActions: [
      ...lambdaInvocationActions(() => undefined),
      startAutomation(() => Promise.reject(new Error("nothing is called here"))),
    ],
    listFunctions: () => functions,
    invocationFaults,
  });
  return fis.then((started) => ({ fis: started, invocationFaults, fired: log }));
}

function template(
  actionId: string,
  parameters: Record<string, string>,
  resourceArns?: string[],
): ReturnType<typeof templateInput> {
  return templateInput(
    {
      fault: {
        actionId,
        parameters: { duration: "PT1M", ...parameters },
        targets: { Functions: "functions" },
      },
    },
    {
      targets: {
        functions: {
          resourceType: "aws:lambda:function",
          selectionMode: "ALL",
          ...(resourceArns ? { resourceArns } : { resourceTags: { "FIS-Ready": "true" } }),
        },
      },
    },
  );
}

const addDelay = "aws:lambda:invocation-add-delay";
const failInvocation = "aws:lambda:invocation-error";
const respond = "aws:lambda:invocation-http-integration-response";

describe("FIS actions on functions", () => {
  it("hit the functions with the tag, and no others, until they are stopped", async () => {
    const { fis, invocationFaults, fired } = await start();
    await using started = fis;
    const { id } = await startTemplate(started.client, template(addDelay, {}));
    expect(invocationFaults.next(arn("get"), "1")).to.equal(undefined);
    expect(invocationFaults.next(arn("add"), "2")).to.deep.equal({
      kind: "delay",
      startupDelayMs: 1000,
    });
    expect(fired).to.have.length(1);
    expect(fired[0]).to.deep.include({ experimentId: id, requestId: "2" });
    await started.client.send(new StopExperimentCommand({ id }));
    expect(invocationFaults.next(arn("add"), "3")).to.equal(undefined);
  });

  it("hit the percentage of invocations that they are told", async () => {
    const { fis, invocationFaults } = await start([0.29, 0.3, 0.99]);
    await using started = fis;
    const parameters = { invocationPercentage: "30", preventExecution: "true" };
    await startTemplate(started.client, template(failInvocation, parameters, [arn("get")]));
    const hits = ["1", "2", "3"].map((id) => invocationFaults.next(arn("get"), id));
    expect(hits).to.deep.equal([{ kind: "error", preventExecution: true }, undefined, undefined]);
  });

  it("leave a function to the action that began first, until that ends", async () => {
    const { fis, invocationFaults } = await start();
    await using started = fis;
    const first = await startTemplate(started.client, template(addDelay, {}));
    const response = { preventExecution: "true", statusCode: "503", contentTypeHeader: "a/b" };
    await startTemplate(started.client, template(respond, response));
    expect(invocationFaults.next(arn("add"), "1")).to.have.property("kind", "delay");
    await started.client.send(new StopExperimentCommand({ id: first.id }));
    expect(invocationFaults.next(arn("add"), "2")).to.deep.equal({
      kind: "http-response",
      preventExecution: true,
      statusCode: 503,
      contentType: "a/b",
    });
  });

  const refused: [string, string, Record<string, string>, string][] = [
    [
      "a delay above 15 minutes",
      addDelay,
      { startupDelayMilliseconds: "900001" },
      'startupDelayMilliseconds must be a whole number from 0 to 900000, not "900001"',
    ],
    [
      "no percentage at all",
      addDelay,
      { invocationPercentage: "0" },
      'invocationPercentage must be a whole number from 1 to 100, not "0"',
    ],
    ["no word on execution", failInvocation, {}, "the parameter preventExecution is missing"],
    [
      "another word on execution",
      failInvocation,
      { preventExecution: "yes" },
      'preventExecution must be true or false, not "yes"',
    ],
    [
      "a status of four digits",
      respond,
      { preventExecution: "true", statusCode: "1000", contentTypeHeader: "a/b" },
      'statusCode must be a whole number from 0 to 999, not "1000"',
    ],
    [
      "a header that is none",
      respond,
      { preventExecution: "true", statusCode: "503", contentTypeHeader: "text" },
      'contentTypeHeader must be a content type, not "text"',
    ],
  ];
  for (const [what, actionId, parameters, message] of refused)
    it(`refuse ${what}`, async () => {
      const { fis } = await start();
      await using started = fis;
      const failure = await failureOf(
        createTemplate(started.client, template(actionId, parameters)),
      );
      expect(failure.name).to.equal("ValidationException");
      expect(failure.message).to.equal(`Action fault (${actionId}): ${message}.`);
    });

  it("fail for a function that is not there", async () => {
    const { fis } = await start();
    await using started = fis;
    const { state } = await startTemplate(started.client, template(addDelay, {}, [arn("nobody")]));
    expect(state).to.deep.include({
      status: "failed",
      reason: `Target functions names a function that is not there: ${arn("nobody")}.`,
    });
  });
});

describe("the FIS action that runs a runbook", () => {
  const documentArn = "arn:aws:ssm:us-east-1:000000000000:document/Deny";
  const refused: [string, Record<string, string>, string][] = [
    [
      "a document that is no ARN",
      { documentArn: "DenyTheWholeTable---", maxDuration: "PT5M" },
      "documentArn must be the ARN of a document, not DenyTheWholeTable---",
    ],
    [
      "a time that is none",
      { documentArn, maxDuration: "5m" },
      'maxDuration must be an ISO 8601 duration of at most 12 hours, such as PT5M, not "5m"',
    ],
    [
      "parameters that are not JSON",
      { documentArn, maxDuration: "PT5M", documentParameters: "Duration=PT5M" },
      "documentParameters must be a JSON object in a string",
    ],
    [
      "parameters that are no strings",
      { documentArn, maxDuration: "PT5M", documentParameters: '{"Duration":5}' },
      "documentParameters must be a JSON object of strings, or of lists of strings",
    ],
  ];
  for (const [what, parameters, message] of refused)
    it(`refuses ${what}`, async () => {
      const { fis } = await start();
      await using started = fis;
      const actionId = "aws:ssm:start-automation-execution";
      const input = templateInput({ run: { actionId, parameters } });
      const failure = await failureOf(createTemplate(started.client, input));
      expect(failure.message).to.equal(`Action run (${actionId}): ${message}.`);
    });
});
