import { expect } from "chai";
import { type StartedSqs, startSqs } from "./start-sqs.ts";

describe("SQS input of the wrong type", () => {
  let cloud: StartedSqs;
  before(async () => (cloud = await startSqs()));
  after(() => cloud.close());

  async function call(operation: string, input: object): Promise<{ code: string; text: string }> {
    const answer = await fetch(cloud.endpoint, {
      method: "POST",
      headers: {
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0",
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AmazonSQS.${operation}`,
      },
      body: JSON.stringify(input),
    });
    const { __type: type, message } = (await answer.json()) as Record<string, string>;
    expect(answer.status).to.equal(400);
    return { code: String(type?.split("#").at(-1)), text: String(message) };
  }

  const cases: readonly [string, object, string, string][] = [
    ["SendMessage", { QueueUrl: 1, MessageBody: "m" }, "SerializationException", "QueueUrl"],
    ["SendMessage", { MessageBody: {} }, "SerializationException", "MessageBody"],
    ["SendMessage", { DelaySeconds: "1" }, "SerializationException", "DelaySeconds"],
    ["SendMessage", { DelaySeconds: 0.5 }, "SerializationException", "DelaySeconds"],
    ["SendMessage", { MessageAttributes: [] }, "SerializationException", "MessageAttributes"],
    ["SendMessage", { MessageAttributes: { a: 1 } }, "SerializationException", "a"],
    ["SendMessage", { MessageAttributes: { a: {} } }, "InvalidParameterValue", "'a'"],
    [
      "SendMessage",
      { MessageAttributes: { a: { DataType: "String" } } },
      "InvalidParameterValue",
      "non-empty",
    ],
    ["SendMessageBatch", { Entries: {} }, "SerializationException", "Entries"],
    ["SendMessageBatch", { Entries: [null] }, "SerializationException", "Entries"],
    ["SendMessageBatch", { Entries: [{ Id: "1" }] }, "MissingParameter", "1.MessageBody"],
    ["DeleteMessageBatch", { Entries: [{}] }, "MissingParameter", "1.Id"],
    ["ReceiveMessage", { AttributeNames: "All" }, "SerializationException", "AttributeNames"],
    ["CreateQueue", { QueueName: ["q"] }, "SerializationException", "QueueName"],
    ["CreateQueue", { Attributes: { DelaySeconds: 1 } }, "SerializationException", "Attributes"],
    ["StartMessageMoveTask", { SourceArn: "queue" }, "InvalidParameterValue", "SourceArn"],
  ];
  for (const [operation, input, code, named] of cases)
    it(`${operation} ${JSON.stringify(input)} is a ${code} that names ${named}`, async () => {
      const failure = await call(operation, input);
      expect(failure.code).to.equal(code);
      expect(failure.text).to.include(named);
    });
});
