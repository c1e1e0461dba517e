import { randomUUID } from "node:crypto";
import { PublishBatchCommand, PublishCommand } from "@aws-sdk/client-sns";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import fc from "fast-check";
import { type StartedSns, startSns } from "./sns/start-sns.ts";

type Values = Record<string, MessageAttributeValue>;

/** What SQS and SNS accept, as their documentation lists it. */
const ranges = [
  [0x9, 0xa],
  [0xd, 0xd],
  [0x20, 0xd7ff],
  [0xe000, 0xfffd],
  [0x10000, 0x10ffff],
] as const;
const isAccepted = (text: string) =>
  text !== "" &&
  [...text].every((character) => {
    const code = character.codePointAt(0) ?? 0;
    return ranges.some(([from, to]) => code >= from && code <= to);
  });

const edges = [0, 8, 9, 10, 11, 13, 14, 0x1f, 0x7f, 0x85, 0x2028, 0xfeff, 0xe000, 0xfffd];
const accepted = fc.oneof(
  fc.constantFrom(...edges, 0xd7ff, 0x10000, 0x1f381, 0x10ffff, 0x22, 0x26, 0x3c, 0x25, 0x2b),
  fc.integer({ min: 0x20, max: 0xd7ff }),
  fc.integer({ min: 0x10000, max: 0x10ffff }),
);
const halves = fc.constantFrom(0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfffe, 0xffff);
const textOf = (code: fc.Arbitrary<number>) =>
  fc
    .array(code, { minLength: 1, maxLength: 12 })
    .map((codes) => codes.map((each) => String.fromCodePoint(each)).join(""));
const texts = fc.oneof(
  {
    weight: 3,
    arbitrary: textOf(accepted.filter((code) => isAccepted(String.fromCodePoint(code)))),
  },
  { weight: 1, arbitrary: textOf(fc.oneof(accepted, halves)) },
);

const attribute: fc.Arbitrary<MessageAttributeValue> = fc.oneof(
  texts.map((StringValue) => ({ DataType: "String", StringValue })),
  texts.map((StringValue) => ({ DataType: "String.note", StringValue })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => ({
    ...{ DataType: "Number", StringValue: String(number) },
  })),
  fc.uint8Array({ minLength: 1, maxLength: 12 }).map((BinaryValue) => ({
    ...{ DataType: "Binary", BinaryValue },
  })),
);
const messages = fc.record({
  body: texts,
  attributes: fc.dictionary(fc.stringMatching(/^[a-z]([\w-]|\.[a-z]){0,8}$/), attribute, {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  isBatch: fc.boolean(),
});

const isWhole = (body: string, attributes: Values) =>
  isAccepted(body) &&
  Object.values(attributes).every(
    ({ StringValue }) => StringValue === undefined || isAccepted(StringValue),
  );

/** Attributes in a form that compares. */
const shown = (attributes: Values | undefined) =>
  Object.fromEntries(
    Object.entries(attributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      [DataType, StringValue, BinaryValue && Buffer.from(BinaryValue).toString("hex")],
    ]),
  );

describe("Whatever is accepted arrives, and whatever does not is refused first", function () {
  this.timeout(60_000);
  let cloud: StartedSns;
  before(async () => (cloud = await startSns()));
  after(() => cloud.close());

  async function take(url: string): Promise<Message> {
    const message = await cloud.next(url);
    await cloud.sqs.send(
      new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }),
    );
    return message;
  }
  async function expectEmpty(url: string): Promise<void> {
    const { Messages } = await cloud.sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    expect(Messages).to.equal(undefined);
    const { Attributes } = await cloud.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
    );
    expect(Attributes).to.include({ ApproximateNumberOfMessages: "0" });
  }

  for (const suffix of ["", ".fifo"])
    it(`at SQS ${suffix}`, async () => {
      const { url } = await cloud.queue(undefined, suffix);
      await fc.assert(
        fc.asyncProperty(messages, async ({ body, attributes, isBatch }) => {
          const input = {
            ...{ MessageBody: body, MessageAttributes: attributes },
            ...(suffix !== "" && { MessageGroupId: "g", MessageDeduplicationId: randomUUID() }),
          };
          const sent = isBatch
            ? cloud.sqs
                .send(
                  new SendMessageBatchCommand({
                    QueueUrl: url,
                    Entries: [{ Id: "1", ...input }],
                  }),
                )
                .then(({ Failed = [] }) => Failed[0]?.Code)
            : cloud.sqs.send(new SendMessageCommand({ QueueUrl: url, ...input })).then(
                () => undefined,
                (error: unknown) => (error as Error).name,
              );
          const code = await sent;
          if (!isWhole(body, attributes)) {
            expect(code).to.equal(
              isAccepted(body) ? "InvalidParameterValue" : "InvalidMessageContents",
            );
            return expectEmpty(url);
          }
          expect(code).to.equal(undefined);
          const message = await take(url);
          expect(message.Body).to.equal(body);
          expect(shown(message.MessageAttributes)).to.deep.equal(shown(attributes));
        }),
        { numRuns: 100 },
      );
    });

  for (const suffix of ["", ".fifo"])
    it(`at SNS ${suffix}`, async () => {
      const topic = await cloud.topic(suffix);
      const raw = await cloud.queue(topic, suffix);
      const wrapped = await cloud.queue(topic, suffix);
      await cloud.subscribe(topic, raw.name);
      await cloud.subscribe(topic, wrapped.name, {});
      await fc.assert(
        fc.asyncProperty(messages, async ({ body, attributes, isBatch }) => {
          // A client cannot write half a pair into a form.
          fc.pre(body.isWellFormed());
          fc.pre(
            Object.values(attributes).every((each) => each.StringValue?.isWellFormed() ?? true),
          );
          const input = {
            ...{ Message: body, MessageAttributes: attributes },
            ...(suffix !== "" && { MessageGroupId: "g", MessageDeduplicationId: randomUUID() }),
          };
          const publish = isBatch
            ? cloud.sns.send(
                new PublishBatchCommand({
                  TopicArn: topic,
                  PublishBatchRequestEntries: [{ Id: "1", ...input }],
                }),
              )
            : cloud.sns.send(new PublishCommand({ TopicArn: topic, ...input }));
          const isTaken = await publish.then(
            (output) => !("Failed" in output) || (output.Failed ?? []).length === 0,
            (error: unknown) => {
              expect((error as Error).name).to.match(/^InvalidParameter/);
              return false;
            },
          );
          expect(isTaken).to.equal(isWhole(body, attributes));
          if (!isTaken) return;
          const direct = await take(raw.url);
          expect(direct.Body).to.equal(body);
          expect(shown(direct.MessageAttributes)).to.deep.equal(shown(attributes));
          const envelope = JSON.parse((await take(wrapped.url)).Body ?? "") as {
            Message: string;
            MessageAttributes?: Record<string, { Type: string; Value: string }>;
          };
          expect(envelope.Message).to.equal(body);
          for (const [name, { StringValue, BinaryValue }] of Object.entries(attributes))
            expect(envelope.MessageAttributes?.[name]?.Value).to.equal(
              StringValue ?? Buffer.from(BinaryValue ?? []).toString("base64"),
            );
        }),
        { numRuns: 60 },
      );
      expect(cloud.entries.filter(({ event }) => event.startsWith("sns-message"))).to.deep.equal(
        [],
      );
      for (const { url } of [raw, wrapped]) await expectEmpty(url);
    });
});
