import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { type StartedSqs, startSqs } from "./start-sqs.ts";

describe("SQS in the query protocol", () => {
  let cloud: StartedSqs;
  before(async () => (cloud = await startSqs()));
  after(() => cloud.close());

  async function call(
    Action: string,
    parameters: Record<string, string> = {},
    path = "/",
  ): Promise<{ status: number; text: string; all(element: string): string[] }> {
    const answer = await fetch(`${cloud.endpoint}${path}`, {
      method: "POST",
      headers: {
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: new URLSearchParams({ Action, Version: "2012-11-05", ...parameters }),
    });
    const text = await answer.text();
    return {
      ...{ status: answer.status, text },
      all: (element) =>
        [...text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(
          ([, inner = ""]) => inner,
        ),
    };
  }

  async function create(parameters: Record<string, string> = {}): Promise<string> {
    const { all } = await call("CreateQueue", { QueueName: randomUUID(), ...parameters });
    return new URL(all("QueueUrl")[0] ?? "").pathname;
  }

  it("creates a queue with attributes and tags, and shows them", async () => {
    const path = await create({
      ...{ "Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "7" },
      ...{ "Tag.1.Key": "team", "Tag.1.Value": "a&b" },
    });
    const shown = await call("GetQueueAttributes", { "AttributeName.1": "All" }, path);
    expect(shown.text).to.include("<Attribute><Name>VisibilityTimeout</Name><Value>7</Value>");
    const tags = await call("ListQueueTags", {}, path);
    expect(tags.text).to.include("<Tag><Key>team</Key><Value>a&amp;b</Value></Tag>");
    const { all } = await call("ListQueues");
    expect(all("QueueUrl")).to.include(`${cloud.endpoint}${path}`);
  });

  it("sends, receives and deletes at the queue's own address", async () => {
    const path = await create();
    const attribute = "MessageAttribute.1";
    const sent = await call(
      "SendMessage",
      {
        MessageBody: "a <b> 🎁",
        ...{ [`${attribute}.Name`]: "kind", [`${attribute}.Value.DataType`]: "String" },
        [`${attribute}.Value.StringValue`]: "gift",
      },
      path,
    );
    const [id] = sent.all("MessageId");
    const ask = { MaxNumberOfMessages: "10", "MessageAttributeName.1": "All" };
    const received = await call("ReceiveMessage", { ...ask, "AttributeName.1": "All" }, path);
    expect(received.all("MessageId")).to.deep.equal([id]);
    expect(received.text).to.include("<Body>a &lt;b&gt; 🎁</Body>");
    expect(received.text).to.include(
      "<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType><StringValue>gift</StringValue></Value></MessageAttribute>",
    );
    expect(received.text).to.include("<Name>ApproximateReceiveCount</Name><Value>1</Value>");
    const [ReceiptHandle = ""] = received.all("ReceiptHandle");
    const deleted = await call("DeleteMessage", { ReceiptHandle }, path);
    expect([deleted.status, deleted.text.includes("<DeleteMessageResult")]).to.deep.equal([
      200,
      false,
    ]);
    const none = await call("ReceiveMessage", ask, path);
    expect(none.text).to.include("<ReceiveMessageResult></ReceiveMessageResult>");
  });

  it("answers each entry of a batch for itself", async () => {
    const path = await create();
    const entry = (number: number) => `SendMessageBatchRequestEntry.${String(number)}`;
    const { text } = await call(
      "SendMessageBatch",
      {
        ...{ [`${entry(1)}.Id`]: "good", [`${entry(1)}.MessageBody`]: "m" },
        ...{ [`${entry(2)}.Id`]: "bad", [`${entry(2)}.MessageBody`]: "\u0001" },
      },
      path,
    );
    expect(text).to.match(/<SendMessageBatchResultEntry><Id>good<\/Id><MessageId>/);
    expect(text).to.match(/<BatchResultErrorEntry><Id>bad<\/Id><SenderFault>true<\/SenderFault>/);
  });

  const refused: readonly [string, Record<string, string>, string, string][] = [
    ["SendMessage", { MessageBody: "m" }, "/000000000000/missing", "NonExistentQueue"],
    ["ReceiveMessage", { MaxNumberOfMessages: "many" }, "", "MaxNumberOfMessages"],
    ["ReceiveMessage", { MaxNumberOfMessages: "11" }, "", "InvalidParameterValue"],
    ["DeleteMessage", { ReceiptHandle: "garbage" }, "", "ReceiptHandleIsInvalid"],
    ["DeleteMessage", { [`a${".a".repeat(5_000)}`]: "b" }, "", "MissingParameter"],
    ["SendMessage", { __proto__: "x", "constructor.1.Name": "x" }, "", "MissingParameter"],
  ];
  for (const [action, parameters, path, named] of refused)
    it(`refuses ${action} ${JSON.stringify(parameters).slice(0, 60)} with ${named}`, async () => {
      const { status, text } = await call(action, parameters, path || (await create()));
      expect(status).to.equal(400);
      expect(text).to.include("<ErrorResponse").and.to.include(named);
    });
});
