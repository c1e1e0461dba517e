import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
} from "@aws-sdk/client-sns";
import { DeleteQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { arnOfQueue, type StartedSns, startSns } from "./start-sns.ts";

type Input = Omit<PublishCommandInput, "TopicArn">;
const text = (StringValue: string) => ({ DataType: "String", StringValue });
const attributes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${String(n)}`, text("v")]));

describe("SNS messages", () => {
  let cloud: StartedSns;
  beforeEach(async () => (cloud = await startSns()));
  afterEach(() => cloud.close());

  const publish = (TopicArn: string, input: Input) =>
    cloud.sns.send(new PublishCommand({ TopicArn, ...input }));

  it("bring 🎁 to a queue, in body, subject and attributes, with and without an envelope", async () => {
    const topic = await cloud.topic();
    const raw = await cloud.queue(topic);
    const wrapped = await cloud.queue(topic);
    await cloud.subscribe(topic, raw.name);
    await cloud.subscribe(topic, wrapped.name, {});
    const input = {
      ...{ Message: "a 🎁", Subject: "📦 for you" },
      MessageAttributes: { gift: text("🎁") },
    };
    await publish(topic, input);
    const direct = await cloud.next(raw.url);
    expect([direct.Body, direct.MessageAttributes?.["gift"]?.StringValue]).to.deep.equal([
      "a 🎁",
      "🎁",
    ]);
    expect(JSON.parse((await cloud.next(wrapped.url)).Body ?? "")).to.deep.include({
      ...{ Message: "a 🎁", Subject: "📦 for you" },
      MessageAttributes: { gift: { Type: "String", Value: "🎁" } },
    });
  });

  const name = "InvalidParameterException";
  const value = "InvalidParameterValueException";
  const refused: readonly [string, Input, string, string][] = [
    ["an empty message", { Message: "" }, name, "Empty message"],
    ["a control character", { Message: "\u0001" }, name, "Message"],
    ["256 KiB and a byte", { Message: "x".repeat(262_145) }, name, "Message too long"],
    [
      "256 KiB and an attribute",
      { Message: "x".repeat(262_144), MessageAttributes: { a: text("v") } },
      name,
      "Message too long",
    ],
    ["an empty subject", { Message: "m", Subject: "" }, name, "Subject"],
    ["a subject of two lines", { Message: "m", Subject: "a\nb" }, name, "Subject"],
    ["a subject of 101 characters", { Message: "m", Subject: "🎁".repeat(101) }, name, "Subject"],
    ["a group with a space", { Message: "m", MessageGroupId: "a b" }, name, "MessageGroupId"],
    ["a deduplication id", { Message: "m", MessageDeduplicationId: "d" }, name, "topic type"],
    ["NUL in an attribute", { Message: "m", MessageAttributes: { a: text("\0") } }, value, "'a'"],
    [
      "an empty attribute",
      { Message: "m", MessageAttributes: { a: text("") } },
      value,
      "non-empty",
    ],
    [
      "an attribute named a^",
      { Message: "m", MessageAttributes: { "a^": text("v") } },
      value,
      "#x5E",
    ],
    [
      "an attribute named .a",
      { Message: "m", MessageAttributes: { ".a": text("v") } },
      value,
      "starting with",
    ],
    [
      "an attribute named a.",
      { Message: "m", MessageAttributes: { "a.": text("v") } },
      value,
      "ending with",
    ],
    [
      "an attribute named a..b",
      { Message: "m", MessageAttributes: { "a..b": text("v") } },
      value,
      "successive",
    ],
    [
      "text as a number",
      { Message: "m", MessageAttributes: { a: { DataType: "Number", StringValue: "x" } } },
      value,
      "to number",
    ],
    [
      "text in a binary attribute",
      { Message: "m", MessageAttributes: { a: { DataType: "Binary", StringValue: "x" } } },
      value,
      "must use field 'Binary'",
    ],
  ];
  it("are refused before they are acknowledged, one by one and in a batch", async () => {
    const topic = await cloud.topic();
    for (const [what, input, code, sentence] of refused) {
      const failure = await failureOf(publish(topic, input));
      expect(failure.name, what).to.equal(code);
      expect(failure.message, what).to.include(sentence);
      const batch = await failureOf(
        cloud.sns.send(
          new PublishBatchCommand({
            TopicArn: topic,
            PublishBatchRequestEntries: [
              { Id: "1", Message: "m" },
              { Id: "2", ...input, Message: input.Message },
            ],
          }),
        ),
      );
      expect(batch.name, what).to.match(new RegExp(`${code}|BatchRequestTooLong`));
    }
  });

  it("that are no UTF-8 are refused", async () => {
    const TopicArn = await cloud.topic();
    const form = `Action=Publish&Version=2010-03-31&TopicArn=${TopicArn}&Message=`;
    const post = (message: string) =>
      fetch(cloud.endpoint, {
        method: "POST",
        headers: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: form + message,
      });
    expect((await post("100%+%F0%9F%8E%81")).status).to.equal(200);
    for (const message of ["%ED%A0%BC", "%FF", "%C3"]) {
      const answer = await post(message);
      expect(answer.status, message).to.equal(400);
      expect(await answer.text()).to.include("UTF-8");
    }
  });

  for (const scope of ["MessageGroup", "Topic"])
    it(`are deduplicated within the scope ${scope} of a FIFO topic`, async () => {
      const { TopicArn = "" } = await cloud.sns.send(
        new CreateTopicCommand({
          Name: `${scope}.fifo`,
          Attributes: { FifoTopic: "true", FifoThroughputScope: scope },
        }),
      );
      const { name: queue, url } = await cloud.queue(TopicArn, ".fifo");
      await cloud.sqs.send(
        new SetQueueAttributesCommand({
          QueueUrl: url,
          Attributes: { DeduplicationScope: "messageGroup" },
        }),
      );
      await cloud.subscribe(TopicArn, queue);
      for (const group of ["a", "b", "a", "last"])
        await publish(TopicArn, {
          ...{ Message: group, MessageGroupId: group },
          MessageDeduplicationId: group === "last" ? "other" : "d",
        });
      const bodies: unknown[] = [];
      while (bodies.at(-1) !== "last") {
        const { Body, Attributes, ReceiptHandle } = await cloud.next(url);
        bodies.push(Body);
        expect(Attributes?.MessageDeduplicationId).to.equal(Body === "last" ? "other" : "d");
        await cloud.delete(url, ReceiptHandle);
      }
      expect(bodies).to.deep.equal(scope === "Topic" ? ["a", "last"] : ["a", "b", "last"]);
    });

  it("reach a standard queue at a FIFO topic", async () => {
    const topic = await cloud.topic(".fifo");
    const { name: queue, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, queue);
    await publish(topic, { Message: "m", MessageGroupId: "g", MessageDeduplicationId: "d" });
    expect((await cloud.next(url)).Body).to.equal("m");
  });

  it("say in the dead-letter queue why they were not delivered", async () => {
    const topic = await cloud.topic();
    const { name: queue, url } = await cloud.queue(topic);
    const dead = await cloud.queue(topic);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOfQueue(dead.name) });
    await cloud.subscribe(topic, queue, { RawMessageDelivery: "true", RedrivePolicy });
    await cloud.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await publish(topic, { Message: "a 🎁", MessageAttributes: { gift: text("🎁") } });
    const message = await cloud.next(dead.url);
    expect(message.Body).to.equal("a 🎁");
    const { gift, ErrorCode, ErrorMessage, RequestID } = message.MessageAttributes ?? {};
    expect(gift).to.deep.include(text("🎁"));
    expect(ErrorCode?.StringValue).to.match(/^[45]\d\d$/);
    expect(ErrorMessage?.StringValue).to.be.a("string");
    expect(RequestID?.StringValue).to.match(/^[\w-]{36}$/);
    const logged = await cloud.logged("sns-message-dead-lettered");
    expect(logged["requestId"]).to.equal(RequestID?.StringValue);
  });

  it("that a queue does not accept go to the dead-letter queue whole, and are logged", async () => {
    const topic = await cloud.topic();
    const { name: queue } = await cloud.queue(topic);
    const dead = await cloud.queue(topic);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOfQueue(dead.name) });
    await cloud.subscribe(topic, queue, { RawMessageDelivery: "true", RedrivePolicy });
    for (const count of [9, 11]) {
      if (count === 9) {
        const QueueUrl = `${cloud.endpoint}/000000000000/${queue}`;
        const Attributes = { MaximumMessageSize: "1024" };
        await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
      }
      const Message = count === 9 ? "x".repeat(1024) : "m";
      await publish(topic, { Message, MessageAttributes: attributes(count) });
      const { Body = "", MessageAttributes = {}, ReceiptHandle } = await cloud.next(dead.url);
      const own = Object.keys(MessageAttributes).filter((key) => key.startsWith("a"));
      if (count === 9) expect([Body, own.length]).to.deep.equal([Message, 9]);
      else {
        const whole = JSON.parse(Body) as { Message: string; MessageAttributes: object };
        expect(whole.Message).to.equal("m");
        expect(Object.keys(whole.MessageAttributes).length).to.equal(11);
        expect(MessageAttributes).to.include.keys("ErrorMessage");
      }
      await cloud.delete(dead.url, ReceiptHandle);
    }
  });
});
