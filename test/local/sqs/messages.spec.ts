import { randomUUID } from "node:crypto";
import {
  CreateQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedSqs, startSqs } from "./start-sqs.ts";

type Input = Omit<SendMessageCommandInput, "QueueUrl">;
const text = (StringValue: string) => ({ DataType: "String", StringValue });

describe("SQS messages", () => {
  let cloud: StartedSqs;
  before(async () => (cloud = await startSqs()));
  after(() => cloud.close());

  async function fifo(Attributes: Record<string, string> = {}): Promise<string> {
    const { QueueUrl = "" } = await cloud.client.send(
      new CreateQueueCommand({
        QueueName: `${randomUUID()}.fifo`,
        Attributes: { FifoQueue: "true", ...Attributes },
      }),
    );
    return QueueUrl;
  }
  const send = (QueueUrl: string, input: Input) =>
    cloud.client.send(new SendMessageCommand({ QueueUrl, ...input }));
  const receive = async (QueueUrl: string): Promise<Message[]> => {
    const { Messages = [] } = await cloud.client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        ...{ MaxNumberOfMessages: 10, VisibilityTimeout: 0 },
        ...{ MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] },
      }),
    );
    return Messages;
  };
  const count = async (url: string) => (await cloud.attributes(url))["ApproximateNumberOfMessages"];

  it("hold any character that XML has: 🎁 in the body and in attributes, alone and in a batch", async () => {
    const { url } = await cloud.queue();
    const MessageAttributes = { gift: text("🎁\u{10FFFF}") };
    await send(url, { MessageBody: "a 🎁", MessageAttributes });
    const { Successful, Failed } = await cloud.client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: "good", MessageBody: "a 🎁", MessageAttributes },
          { Id: "bad", MessageBody: "\uFFFF" },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).to.deep.equal(["good"]);
    expect(Failed?.map(({ Id, Code }) => [Id, Code])).to.deep.equal([
      ["bad", "InvalidMessageContents"],
    ]);
    const messages = await receive(url);
    expect(messages.length).to.equal(2);
    for (const { Body, MessageAttributes: given } of messages)
      expect([Body, given?.["gift"]?.StringValue]).to.deep.equal(["a 🎁", "🎁\u{10FFFF}"]);
  });

  const mebibyte = 1_048_576;
  const accepted: readonly [string, Input][] = [
    ["1 MiB", { MessageBody: "x".repeat(mebibyte) }],
    ["1 MiB of 🎁", { MessageBody: "🎁".repeat(mebibyte / 4) }],
    [
      "1 MiB with its attributes",
      {
        MessageBody: "x".repeat(mebibyte - 100 - "nBinary".length),
        MessageAttributes: { n: { DataType: "Binary", BinaryValue: new Uint8Array(100) } },
      },
    ],
    [
      "10 attributes",
      {
        MessageBody: "m",
        MessageAttributes: Object.fromEntries(
          Array.from({ length: 10 }, (_, n) => [`a${String(n)}`, text("v")]),
        ),
      },
    ],
  ];
  for (const [what, input] of accepted)
    it(`may have ${what}`, async () => {
      const { url } = await cloud.queue();
      await send(url, input);
      const [message] = await receive(url);
      expect(message?.Body === input.MessageBody, "the same body").to.equal(true);
      expect(Object.keys(message?.MessageAttributes ?? {}).length).to.equal(
        Object.keys(input.MessageAttributes ?? {}).length,
      );
    });

  const parameter = "InvalidParameterValue";
  const refused: readonly [string, Input, string][] = [
    ["1 MiB and a byte", { MessageBody: "x".repeat(mebibyte + 1) }, parameter],
    ["too many bytes of 🎁", { MessageBody: `${"🎁".repeat(mebibyte / 4)}x` }, parameter],
    [
      "1 MiB, and an attribute",
      { MessageBody: "x".repeat(mebibyte), MessageAttributes: { a: text("v") } },
      parameter,
    ],
    [
      "1 MiB, and a byte of a binary attribute",
      {
        MessageBody: "x".repeat(mebibyte - "nBinary".length),
        MessageAttributes: { n: { DataType: "Binary", BinaryValue: new Uint8Array(1) } },
      },
      parameter,
    ],
    ["nothing", { MessageBody: "" }, "MissingParameter"],
    ["NUL", { MessageBody: "a\u0000" }, "InvalidMessageContents"],
    ["U+FFFE", { MessageBody: "\uFFFE" }, "InvalidMessageContents"],
    ["half a pair", { MessageBody: "\uD83C" }, "InvalidMessageContents"],
    ["the other half", { MessageBody: "\uDF81\uD83C" }, "InvalidMessageContents"],
    [
      "11 attributes",
      {
        MessageBody: "m",
        MessageAttributes: Object.fromEntries(
          Array.from({ length: 11 }, (_, n) => [`a${String(n)}`, text("v")]),
        ),
      },
      parameter,
    ],
    ["NUL in an attribute", { MessageBody: "m", MessageAttributes: { a: text("\0") } }, parameter],
    [
      "an attribute named AWS.a",
      { MessageBody: "m", MessageAttributes: { "AWS.a": text("v") } },
      parameter,
    ],
    [
      "an attribute named a..b",
      { MessageBody: "m", MessageAttributes: { "a..b": text("v") } },
      parameter,
    ],
    [
      "an attribute named 🎁",
      { MessageBody: "m", MessageAttributes: { "🎁": text("v") } },
      parameter,
    ],
    [
      "a number that is none",
      { MessageBody: "m", MessageAttributes: { n: { DataType: "Number", StringValue: "many" } } },
      parameter,
    ],
    ["a delay of 901 s", { MessageBody: "m", DelaySeconds: 901 }, parameter],
    ["a group with a space", { MessageBody: "m", MessageGroupId: "a b" }, parameter],
    ["a deduplication id", { MessageBody: "m", MessageDeduplicationId: "d" }, parameter],
  ];
  for (const [what, input, code] of refused)
    it(`are refused with ${what}, and nothing of them is kept`, async () => {
      const { url } = await cloud.queue();
      const failure = await failureOf(send(url, input));
      expect(failure.name).to.equal(code);
      expect(await count(url)).to.equal("0");
    });

  it("are no longer than the queue allows", async () => {
    const { url } = await cloud.queue({ MaximumMessageSize: "1024" });
    await send(url, { MessageBody: "🎁".repeat(256) });
    const failure = await failureOf(send(url, { MessageBody: "🎁".repeat(257) }));
    expect(failure.message).to.include("Message must be shorter than 1024 bytes.");
  });

  it("are duplicates within their group only, where the scope is the group", async () => {
    const url = await fifo({ DeduplicationScope: "messageGroup" });
    const input = { MessageBody: "m", MessageDeduplicationId: "d" };
    const first = await send(url, { ...input, MessageGroupId: "a" });
    const other = await send(url, { ...input, MessageGroupId: "b" });
    const again = await send(url, { ...input, MessageGroupId: "a" });
    expect(again.MessageId).to.equal(first.MessageId);
    expect(other.MessageId).not.to.equal(first.MessageId);
    const received = (await receive(url)).map(({ Attributes }) => [
      Attributes?.MessageGroupId,
      Attributes?.MessageDeduplicationId,
    ]);
    expect(received).to.have.deep.members([
      ["a", "d"],
      ["b", "d"],
    ]);
  });

  it("are duplicates over the whole queue, where the scope is the queue", async () => {
    const url = await fifo({ ContentBasedDeduplication: "true" });
    await send(url, { MessageBody: "m", MessageGroupId: "a" });
    await send(url, { MessageBody: "m", MessageGroupId: "b" });
    await send(url, { MessageBody: "m 🎁", MessageGroupId: "b" });
    expect(await count(url)).to.equal("2");
  });

  it("are given with the attributes that were asked for", async () => {
    const { url } = await cloud.queue({ VisibilityTimeout: "0" });
    const MessageAttributes = { "Help.Me": text("a"), Hello: text("b"), General: text("c") };
    await send(url, {
      ...{ MessageBody: "m", MessageAttributes, MessageGroupId: "tenant" },
      MessageSystemAttributes: { AWSTraceHeader: text("Root=1-2-3") },
    });
    const ask = async (names: string[] | undefined) => {
      const { Messages } = await cloud.client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          ...{ MessageAttributeNames: names, MessageSystemAttributeNames: ["All"] },
        }),
      );
      return Messages?.[0];
    };
    for (const [names, given] of [
      [undefined, []],
      [["Hel.*"], ["Help.Me", "Hello"]],
      [["Hello", "Foo"], ["Hello"]],
      [["Help"], []],
      [[".*"], ["Help.Me", "Hello", "General"]],
    ] as const) {
      const message = await ask(names && [...names]);
      expect(Object.keys(message?.MessageAttributes ?? {})).to.have.members([...given]);
      expect(message?.Attributes).to.include({
        ...{ AWSTraceHeader: "Root=1-2-3", MessageGroupId: "tenant" },
      });
    }
  });

  it("are moved from a FIFO dead-letter queue in their groups", async () => {
    const url = await fifo();
    const { QueueArn: deadLetterTargetArn } = await cloud.attributes(url);
    const source = await fifo({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1000 }),
    });
    for (const id of ["1", "2"])
      await send(url, {
        ...{ MessageBody: `🎁 ${id}`, MessageGroupId: id, MessageDeduplicationId: id },
      });
    await cloud.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadLetterTargetArn }));
    const moved = await untilMet("Both messages", async () => {
      const messages = await receive(source);
      return messages.length === 2 ? messages : undefined;
    });
    expect(
      moved.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId]),
    ).to.have.deep.members([
      ["🎁 1", "1"],
      ["🎁 2", "2"],
    ]);
  });
});
