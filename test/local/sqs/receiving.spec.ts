import { randomUUID } from "node:crypto";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedSqs, startSqs } from "./start-sqs.ts";

describe("Receiving from SQS", () => {
  let cloud: StartedSqs;
  before(async () => (cloud = await startSqs()));
  after(() => cloud.close());

  async function fifo(Attributes: Record<string, string> = {}): Promise<string> {
    const { QueueUrl = "" } = await cloud.client.send(
      new CreateQueueCommand({
        QueueName: `${randomUUID()}.fifo`,
        Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true", ...Attributes },
      }),
    );
    return QueueUrl;
  }
  const send = (QueueUrl: string, MessageBody: string, MessageGroupId?: string) =>
    cloud.client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId }));
  async function receive(
    QueueUrl: string,
    input: Partial<ReceiveMessageCommandInput> = {},
  ): Promise<Message[]> {
    const { Messages = [] } = await cloud.client.send(
      new ReceiveMessageCommand({
        ...{ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All"] },
        ...input,
      }),
    );
    return Messages;
  }
  const remove = (QueueUrl: string, ReceiptHandle: string | undefined) =>
    cloud.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  const hide = (QueueUrl: string, ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
    cloud.client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
    );
  const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
  async function counts(url: string): Promise<(string | undefined)[]> {
    const shown = await cloud.attributes(url);
    return ["", "NotVisible", "Delayed"].map(
      (which) => shown[`ApproximateNumberOfMessages${which}`],
    );
  }

  it("counts a message as visible once its timeout is over, though nobody receives", async () => {
    const { url } = await cloud.queue({ VisibilityTimeout: "1" });
    await send(url, "m");
    await receive(url);
    expect(await counts(url)).to.deep.equal(["0", "1", "0"]);
    await untilMet("The message", async () => (await counts(url))[0] === "1" || undefined);
    expect(await counts(url)).to.deep.equal(["1", "0", "0"]);
  });

  it("counts a delayed message as delayed, and gives it then", async () => {
    const { url } = await cloud.queue({ DelaySeconds: "1" });
    await send(url, "m");
    expect(await counts(url)).to.deep.equal(["0", "0", "1"]);
    expect(await receive(url)).to.deep.equal([]);
    expect(bodies(await receive(url, { WaitTimeSeconds: 5 }))).to.deep.equal(["m"]);
  });

  it("ends a wait when a message comes", async () => {
    const { url } = await cloud.queue();
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    await send(url, "m");
    expect(bodies(await waiting)).to.deep.equal(["m"]);
  });

  it("ends a wait when its queue is deleted", async () => {
    const { url } = await cloud.queue();
    const waiting = failureOf(receive(url, { WaitTimeSeconds: 20 }));
    await cloud.client.send(new DeleteQueueCommand({ QueueUrl: url }));
    expect((await waiting).name).to.equal("QueueDoesNotExist");
  });

  it("gives up to ten messages of a group in its order, then those of the next", async () => {
    const url = await fifo();
    for (let n = 0; n < 3; n++)
      for (const group of ["a", "b"]) await send(url, `${group}${String(n)}`, group);
    const first = await receive(url, { MaxNumberOfMessages: 4 });
    expect(bodies(first)).to.deep.equal(["a0", "a1", "a2", "b0"]);
    // Both groups have messages in flight.
    expect(await receive(url)).to.deep.equal([]);
    await remove(url, first[3]?.ReceiptHandle);
    expect(bodies(await receive(url))).to.deep.equal(["b1", "b2"]);
    for (const { ReceiptHandle } of first.slice(0, 3)) await hide(url, ReceiptHandle, 0);
    expect(bodies(await receive(url))).to.deep.equal(["a0", "a1", "a2"]);
  });

  it("gives a message up after the receives of its policy, with its source and its count", async () => {
    const { url: deadUrl, arn } = await cloud.queue();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 2 });
    const { url, arn: source } = await cloud.queue({ RedrivePolicy, VisibilityTimeout: "0" });
    const { MessageId } = await send(url, "m");
    for (const count of ["1", "2"])
      expect((await receive(url))[0]?.Attributes?.ApproximateReceiveCount).to.equal(count);
    expect(await receive(url)).to.deep.equal([]);
    const [dead] = await receive(deadUrl);
    expect(dead?.MessageId).to.equal(MessageId);
    expect(dead?.Attributes).to.include({
      ...{ ApproximateReceiveCount: "3", DeadLetterQueueSourceArn: source },
    });
    const { queueUrls } = await cloud.client.send(
      new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadUrl }),
    );
    expect(queueUrls).to.deep.equal([url]);
  });

  it("gives a message that was moved back as a new one", async () => {
    const { url: deadUrl, arn } = await cloud.queue();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 });
    const { url } = await cloud.queue({ RedrivePolicy, VisibilityTimeout: "0" });
    await send(url, "m");
    await receive(url);
    await receive(url);
    await cloud.client.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
    const [again] = await receive(url, { WaitTimeSeconds: 5 });
    expect(again?.Attributes?.ApproximateReceiveCount).to.equal("1");
    expect(again?.Attributes?.DeadLetterQueueSourceArn).to.equal(undefined);
    expect(await counts(deadUrl)).to.deep.equal(["0", "0", "0"]);
  });

  it("refuses what is no handle of the queue, and takes an old one of a message in flight", async () => {
    const { url } = await cloud.queue({ VisibilityTimeout: "0" });
    const other = await cloud.queue();
    await send(url, "m");
    const [first] = await receive(url);
    const [second] = await receive(url, { VisibilityTimeout: 30 });
    expect(second?.ReceiptHandle).not.to.equal(first?.ReceiptHandle);
    for (const [queue, handle] of [
      [url, "garbage"],
      [other.url, first?.ReceiptHandle],
    ] as const) {
      expect((await failureOf(remove(queue, handle))).name).to.equal("ReceiptHandleIsInvalid");
      expect((await failureOf(hide(queue, handle, 1))).name).to.equal("ReceiptHandleIsInvalid");
    }
    await remove(url, first?.ReceiptHandle);
    expect(await counts(url)).to.deep.equal(["0", "0", "0"]);
    await remove(url, second?.ReceiptHandle);
    const gone = await failureOf(hide(url, second?.ReceiptHandle, 1));
    expect(gone.name).to.equal("InvalidParameterValue");
    expect(gone.message).to.include("is not available for visibility timeout change");
  });

  it("refuses a handle of a FIFO queue once its timeout is over", async () => {
    const url = await fifo({ VisibilityTimeout: "0" });
    await send(url, "m", "g");
    const [message] = await receive(url);
    for (const call of [remove(url, message?.ReceiptHandle), hide(url, message?.ReceiptHandle, 1)])
      expect((await failureOf(call)).message).to.include("The receipt handle has expired");
    expect((await counts(url))[0]).to.equal("1");
  });

  const refused: readonly [Partial<ReceiveMessageCommandInput>, string][] = [
    [{ MaxNumberOfMessages: 0 }, "MaxNumberOfMessages"],
    [{ MaxNumberOfMessages: 11 }, "MaxNumberOfMessages"],
    [{ WaitTimeSeconds: 21 }, "WaitTimeSeconds"],
    [{ VisibilityTimeout: 43_201 }, "VisibilityTimeout"],
    [{ VisibilityTimeout: -1 }, "VisibilityTimeout"],
    [{ MessageSystemAttributeNames: ["Colour" as "All"] }, "Colour"],
  ];
  for (const [input, named] of refused)
    it(`refuses ${JSON.stringify(input)}`, async () => {
      const { url } = await cloud.queue();
      expect((await failureOf(receive(url, input))).message).to.include(named);
    });

  it("purges a queue, what is in flight too, and no second time within a minute", async () => {
    const { url } = await cloud.queue();
    await send(url, "a");
    await send(url, "b");
    await receive(url, { MaxNumberOfMessages: 1 });
    const purge = () => cloud.client.send(new PurgeQueueCommand({ QueueUrl: url }));
    await purge();
    expect(await counts(url)).to.deep.equal(["0", "0", "0"]);
    expect((await failureOf(purge())).name).to.equal("PurgeQueueInProgress");
  });

  it("keeps the order and the count of many", async () => {
    const { url } = await cloud.queue();
    const sent = Array.from({ length: 1_000 }, (_, n) => String(n));
    for (let at = 0; at < sent.length; at += 10)
      await cloud.client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: sent.slice(at, at + 10).map((MessageBody) => ({ Id: MessageBody, MessageBody })),
        }),
      );
    const received: (string | undefined)[] = [];
    for (;;) {
      const messages = await receive(url);
      if (messages.length === 0) break;
      received.push(...bodies(messages));
      await cloud.client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: url,
          Entries: messages
            .slice(0, 5)
            .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    }
    expect(received).to.deep.equal(sent);
    expect(await counts(url)).to.deep.equal(["0", "500", "0"]);
  });
});
