import { randomUUID } from "node:crypto";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { AddPermissionCommand, CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { FisClient, StopExperimentCommand } from "@aws-sdk/client-fis";
import { PublishCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { deployApi } from "../apigateway/deploy-api.ts";
import { startTemplate } from "../fis/start-template.ts";
import { templateInput } from "../fis/template-input.ts";
import { startLambda, type StartedLambda } from "../lambda/start-lambda.ts";
import { startSns } from "../sns/start-sns.ts";

/** Starts an experiment of one action; answers what stops it. */
async function inject(endpoint: string, actionId: string, parameters: Record<string, string>) {
  const fis = new FisClient(clientSettings(endpoint));
  const { id } = await startTemplate(fis, templateInput({ fault: { actionId, parameters } }));
  return async () => {
    await fis.send(new StopExperimentCommand({ id }));
    fis.destroy();
  };
}

type Entries = readonly Record<string, unknown>[];
const untilLogged = (entries: Entries, event: string) =>
  untilMet(event, () => Promise.resolve(entries.find((entry) => entry["event"] === event)));

async function depth(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return (
    Number(Attributes["ApproximateNumberOfMessages"]) +
    Number(Attributes["ApproximateNumberOfMessagesNotVisible"])
  );
}

describe("Faults of calls between services", () => {
  describe("SNS to SQS", () => {
    let cloud: Awaited<ReturnType<typeof startSns>>;
    let url: string;
    let topicArn: string;
    beforeEach(async () => {
      cloud = await startSns();
      topicArn = await cloud.topic();
      const queue = await cloud.queue(topicArn);
      url = queue.url;
      await cloud.subscribe(topicArn, queue.name);
    });
    afterEach(() => cloud.close());

    for (const action of ["connection-reset", "unparsable-response", "error"])
      it(`${action}: nothing is delivered, and all is once the fault has ended`, async () => {
        const stop = await inject(cloud.endpoint, `outage-drill:api:${action}`, {
          ...{ service: "sqs", operations: "SendMessage" },
          ...(action === "error" && { failure: "internal" }),
        });
        await cloud.sns.send(new PublishCommand({ TopicArn: topicArn, Message: "1" }));
        await untilLogged(cloud.entries, "sns-delivery-failed");
        expect(await depth(cloud.sqs, url)).to.equal(0);
        await stop();
        await untilMet("One message", async () => (await depth(cloud.sqs, url)) === 1 || undefined);
      });

    for (const action of ["lost-response", "truncated-response"])
      it(`${action}: SNS delivers again what the queue already has`, async () => {
        const stop = await inject(cloud.endpoint, `outage-drill:api:${action}`, {
          ...{ service: "sqs", operations: "SendMessage" },
        });
        await cloud.sns.send(new PublishCommand({ TopicArn: topicArn, Message: "1" }));
        await untilMet("Two of it", async () => (await depth(cloud.sqs, url)) >= 2 || undefined);
        await stop();
      });
  });

  describe("of Lambda", () => {
    let cloud: StartedLambda;
    let sqs: SQSClient;
    let runs: string;
    beforeEach(async () => {
      cloud = await startLambda();
      sqs = new SQSClient(clientSettings(cloud.endpoint));
      runs = await queue();
    });
    afterEach(async () => {
      sqs.destroy();
      await cloud.close();
    });

    async function queue(): Promise<string> {
      const QueueName = `queue-${randomUUID()}`;
      const Attributes = { VisibilityTimeout: "1" };
      const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
      return QueueUrl;
    }

    /** A function that sends a message for each run, and its name. */
    async function counter(): Promise<string> {
      return cloud.create(
        `export const handler = async () => {
          await fetch(process.env.AWS_ENDPOINT_URL, {
            method: "POST",
            headers: {
              "content-type": "application/x-amz-json-1.0",
              "x-amz-target": "AmazonSQS.SendMessage",
              authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, Signature=0",
            },
            body: JSON.stringify({ QueueUrl: process.env.RUNS, MessageBody: "ran" }),
          });
          return { statusCode: 200, body: "done" };
        };`,
        {
          Role: await cloud.role(
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
          ),
          Timeout: 1,
          Environment: { Variables: { RUNS: runs } },
        },
      );
    }

    /** A queue that feeds the function. */
    async function feed(FunctionName: string): Promise<string> {
      const url = await queue();
      const EventSourceArn = `arn:aws:sqs:us-east-1:000000000000:${url.split("/").at(-1) ?? ""}`;
      await cloud.client.send(
        new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }),
      );
      return url;
    }

    const send = (QueueUrl: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "1" }));
    const untilRuns = (least: number) =>
      untilMet(`${String(least)} runs`, async () => (await depth(sqs, runs)) >= least || undefined);
    const untilEmpty = (url: string) =>
      untilMet("An empty queue", async () => (await depth(sqs, url)) === 0 || undefined);

    it("connection-reset: a mapping keeps its messages until the fault has ended", async () => {
      const name = await counter();
      const url = await feed(name);
      const stop = await inject(cloud.endpoint, "outage-drill:api:connection-reset", {
        service: "lambda",
      });
      await send(url);
      await untilLogged(cloud.entries, "event-source-mapping-failed");
      expect(await depth(sqs, runs)).to.equal(0);
      expect(await depth(sqs, url)).to.equal(1);
      await stop();
      await untilRuns(1);
      await untilEmpty(url);
    });

    it("lost-response: a mapping runs its function again for the same message", async () => {
      const name = await counter();
      const url = await feed(name);
      const stop = await inject(cloud.endpoint, "outage-drill:api:lost-response", {
        service: "lambda",
        operations: "Invoke",
      });
      await send(url);
      await untilRuns(2);
      await stop();
      await untilEmpty(url);
    });

    it("lost-response: what a mapping deletes is deleted", async () => {
      const name = await counter();
      const url = await feed(name);
      const stop = await inject(cloud.endpoint, "outage-drill:api:lost-response", {
        service: "sqs",
        operations: "DeleteMessageBatch",
      });
      await send(url);
      await untilLogged(cloud.entries, "event-source-mapping-failed");
      expect(await depth(sqs, url)).to.equal(0);
      await stop();
    });

    for (const [action, runsOfIt] of [
      ["connection-reset", 0],
      ["lost-response", 1],
      ["truncated-response", 1],
      ["unparsable-response", 0],
    ] as const)
      it(`${action}: API Gateway answers 504, and the function ran ${String(runsOfIt)} times`, async () => {
        const name = await counter();
        const client = new APIGatewayClient(clientSettings(cloud.endpoint));
        const { apiId } = await deployApi(client, ["GET /"], {
          functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
        });
        client.destroy();
        await cloud.client.send(
          new AddPermissionCommand({
            FunctionName: name,
            StatementId: "api",
            Action: "lambda:InvokeFunction",
            Principal: "apigateway.amazonaws.com",
          }),
        );
        const get = () => fetch(`${cloud.endpoint}/restapis/${apiId}/dev/_user_request_/`);
        const stop = await inject(cloud.endpoint, `outage-drill:api:${action}`, {
          service: "lambda",
        });
        expect((await get()).status).to.equal(504);
        expect(await depth(sqs, runs)).to.equal(runsOfIt);
        await stop();
        expect((await get()).status).to.equal(200);
      });

    it("outage-drill:lambda:invocation-error fails the invocations of a mapping and of clients", async () => {
      const [name, other] = [await counter(), await counter()];
      const url = await feed(name);
      const stop = await inject(cloud.endpoint, "outage-drill:lambda:invocation-error", {
        functions: `${name}`,
      });
      await send(url);
      const fired = await untilLogged(cloud.entries, "fault-fired");
      expect(fired).to.deep.include({ effect: { kind: "error", preventExecution: true } });
      expect((await cloud.invoke(name)).functionError).to.equal("Unhandled");
      expect(await depth(sqs, runs)).to.equal(0);
      expect((await cloud.invoke(other)).functionError).to.equal(undefined);
      await stop();
      await untilRuns(2);
      await untilEmpty(url);
    });

    it("outage-drill:lambda:invocation-error takes ARNs, and fails with a function that is not there", async () => {
      const name = await counter();
      const functions = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
      const action = "outage-drill:lambda:invocation-error";
      const stop = await inject(cloud.endpoint, action, { functions });
      expect((await cloud.invoke(name)).functionError).to.equal("Unhandled");
      await stop();
      await inject(cloud.endpoint, action, { functions: `${name},nobody` });
      expect(await untilLogged(cloud.entries, "fis-experiment-end")).to.exist;
      expect(cloud.entries.at(-1)).to.include({
        event: "fis-experiment-end",
        status: "failed",
      });
      expect(cloud.entries.at(-1)?.["reason"]).to.contain("There is no function nobody");
      expect((await cloud.invoke(name)).functionError).to.equal(undefined);
      const error = await failureOf(inject(cloud.endpoint, action, { functions: "a b" }));
      expect(error.message).to.contain("functions must be names or ARNs of functions");
    });
  });
});
