import { GetActionCommand, ListActionsCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { rejection } from "./rejection.ts";
import { startFis, type StartedFis } from "./start-fis.ts";
import { createTemplate, startTemplate, untilStatus } from "./start-template.ts";
import { templateInput, tutorialTemplate } from "./template-input.ts";

const message = "Failing as per Fault Injection Simulator configuration";
const internalError = { code: "InternalError", status: 500, message };
const role = "arn:aws:iam::000000000000:role/add-product";

describe("FIS actions", () => {
  let fis: StartedFis;
  beforeEach(async () => {
    fis = await startFis();
  });
  afterEach(() => fis[Symbol.asyncDispose]());

  async function ruleOf(actionId: string, parameters: Record<string, string> = {}) {
    await startTemplate(fis.client, templateInput({ fault: { actionId, parameters } }));
    const [rule] = fis.store.rules;
    return rule && { match: rule.match, probability: rule.probability, effect: rule.effect };
  }

  describe("localstack:generic:api-error", () => {
    const id = "localstack:generic:api-error";

    it("fails every call of the region with 500 InternalError by default", async () => {
      expect(await ruleOf(id)).to.deep.equal({
        match: { region: "us-east-1" },
        probability: 1,
        effect: { error: internalError },
      });
    });

    it("fails DynamoDB as the tutorial's outage says", async () => {
      await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
      expect(fis.store.rules[0]).to.deep.include({
        match: { region: "us-east-1", service: "dynamodb" },
        probability: 1,
        effect: { error: { code: "DynamoDbException", status: 500, message } },
      });
    });

    it("delays every call by 4 s and then fails it as the tutorial's latency says", async () => {
      await startTemplate(fis.client, tutorialTemplate("latency-experiment"));
      expect(fis.store.rules[0]).to.deep.include({
        match: { region: "us-east-1" },
        probability: 1,
        effect: { delay: { delayMs: 4000 }, error: internalError },
      });
    });

    it("takes all that it can be told", async () => {
      const rule = await ruleOf(id, {
        region: "eu-west-1",
        service: "SQS",
        operation: "SendMessage, ReceiveMessage",
        percentage: "12.5",
        exception: "OverLimit",
        errorCode: "403",
        latency: "0.25",
      });
      expect(rule).to.deep.equal({
        match: {
          region: "eu-west-1",
          service: "sqs",
          operations: ["SendMessage", "ReceiveMessage"],
        },
        probability: 0.125,
        effect: { delay: { delayMs: 250 }, error: { code: "OverLimit", status: 403, message } },
      });
    });

    for (const spelling of ["operation", "api", "apiCall"]) {
      it(`takes the operation as ${spelling}`, async () => {
        const rule = await ruleOf(id, { [spelling]: "PutItem" });
        expect(rule?.match.operations).to.deep.equal(["PutItem"]);
      });

      it(`hits all operations when ${spelling} is all`, async () => {
        expect((await ruleOf(id, { [spelling]: "all" }))?.match).not.to.have.property("operations");
      });
    }

    it("hits all services when the service is all", async () => {
      expect((await ruleOf(id, { service: "all" }))?.match).not.to.have.property("service");
    });

    it("hits the region in which its experiment was started", async () => {
      const client = fis.clientIn("eu-central-1");
      await startTemplate(client, templateInput({ fault: { actionId: id } }));
      expect(fis.store.rules[0]?.match.region).to.equal("eu-central-1");
    });
  });

  it("delays without failing in localstack:generic:latency", async () => {
    const rule = await ruleOf("localstack:generic:latency", {
      region: "eu-west-1",
      service: "dynamodb",
      operation: "Query",
      latencyMilliseconds: "4000",
    });
    expect(rule).to.deep.equal({
      match: { region: "eu-west-1", service: "dynamodb", operations: ["Query"] },
      probability: 1,
      effect: { delay: { delayMs: 4000 } },
    });
  });

  for (const service of ["dynamodb", "kinesis"])
    it(`fails ${service} in localstack:${service}:inject-api-internal-error`, async () => {
      const id = `localstack:${service}:inject-api-internal-error`;
      expect(await ruleOf(id, { percentage: "30" })).to.deep.equal({
        match: { region: "us-east-1", service },
        probability: 0.3,
        effect: { error: internalError },
      });
    });

  const injected: [kind: string, service: string, code: string, status: number][] = [
    ["internal", "dynamodb", "InternalServerError", 500],
    ["internal", "kinesis", "InternalFailure", 500],
    ["internal", "lambda", "ServiceException", 500],
    ["throttle", "dynamodb", "ThrottlingException", 400],
    ["throttle", "lambda", "TooManyRequestsException", 429],
    ["throttle", "sns", "Throttling", 400],
    ["unavailable", "sqs", "ServiceUnavailable", 503],
  ];
  for (const [kind, service, code, status] of injected)
    it(`fails calls of a role to ${service} with ${code} in an ${kind} error`, async () => {
      const { id } = await startTemplate(
        fis.client,
        templateInput(
          {
            fault: {
              actionId: `aws:fis:inject-api-${kind}-error`,
              parameters: { service, operations: "Get,Put", percentage: "40", duration: "PT0.2S" },
              targets: { Roles: "functions" },
            },
          },
          {
            targets: {
              functions: {
                resourceType: "aws:iam:role",
                resourceArns: [role],
                selectionMode: "ALL",
              },
            },
          },
        ),
      );
      expect(fis.store.rules[0]).to.deep.include({
        match: { region: "us-east-1", service, operations: ["Get", "Put"], roleArns: [role] },
        probability: 0.4,
        effect: { error: { code, status, message } },
      });
      await untilStatus(fis.client, id, "completed");
      expect(fis.store.rules).to.be.empty;
    });

  it("are listed and described", async () => {
    const { actions = [] } = await fis.client.send(new ListActionsCommand({}));
    const ids = actions.map(({ id }) => id);
    expect(ids).to.include.members([
      "aws:fis:inject-api-internal-error",
      "aws:fis:inject-api-throttle-error",
      "aws:fis:inject-api-unavailable-error",
      "aws:fis:wait",
      "localstack:do-nothing",
      "localstack:generic:api-error",
      "localstack:generic:latency",
      "localstack:log-debug",
    ]);
    for (const id of ids) {
      const { action } = await fis.client.send(new GetActionCommand({ id }));
      expect(action?.id).to.equal(id);
      expect(action?.parameters).to.be.an("object");
    }
    const page = await fis.client.send(new ListActionsCommand({ maxResults: 1 }));
    expect(page.actions).to.have.length(1);
    const rest = await fis.client.send(new ListActionsCommand({ nextToken: page.nextToken }));
    expect(rest.actions).to.have.length(ids.length - 1);
  });

  it("are unknown by another name, in the words of AWS", async () => {
    const error = await rejection(
      fis.client.send(new GetActionCommand({ id: "aws:fis:nonsense" })),
    );
    expect(error).to.include({
      name: "ResourceNotFoundException",
      message: "Action with ID aws:fis:nonsense not found.",
    });
  });

  it("of LocalStack are refused by a service that does not accept them", async () => {
    const strict = await startFis({ acceptLocalstackActions: false });
    try {
      const { actions } = await strict.client.send(new ListActionsCommand({}));
      expect(actions?.filter(({ id }) => id?.startsWith("localstack:"))).to.be.empty;
      for (const actionId of [
        "localstack:generic:api-error",
        "localstack:dynamodb:inject-api-internal-error",
      ]) {
        const error = await rejection(
          createTemplate(strict.client, templateInput({ fault: { actionId } })),
        );
        expect(error).to.include({
          name: "ResourceNotFoundException",
          message: `Action with ID ${actionId} not found.`,
        });
      }
    } finally {
      await strict[Symbol.asyncDispose]();
    }
  });
});
