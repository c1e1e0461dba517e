import { InvokeCommand, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedLambda, startLambda } from "./start-lambda.ts";

/** A function that sends its event to a queue. */
const code = `export const handler = async (event) => {
  await fetch(process.env.AWS_ENDPOINT_URL, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessage",
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify({ QueueUrl: event.queueUrl, MessageBody: event.message }),
  });
};`;

describe("An asynchronous invocation that is accepted", () => {
  let cloud: StartedLambda;
  before(async () => (cloud = await startLambda()));
  after(() => cloud.close());

  it("waits for a function without free environments, and is not counted as failed", async () => {
    const sqs = new SQSClient(clientSettings(cloud.endpoint));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "seen" }));
    const FunctionName = await cloud.create(code);
    const reserve = (ReservedConcurrentExecutions: number) =>
      cloud.client.send(
        new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
      );
    await reserve(0);
    const { StatusCode } = await cloud.client.send(
      new InvokeCommand({
        ...{ FunctionName, InvocationType: "Event" },
        Payload: JSON.stringify({ queueUrl: QueueUrl, message: "kept" }),
      }),
    );
    expect(StatusCode).to.equal(202);
    await reserve(1);
    const message = await untilMet("The event's message", async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }),
      );
      return Messages[0];
    });
    expect(message.Body).to.equal("kept");
    sqs.destroy();
  });
});
