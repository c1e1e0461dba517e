import {
  DeleteTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { arnOfQueue, type StartedSns, startSns } from "./start-sns.ts";

describe("SNS delivery", () => {
  let cloud: StartedSns;
  beforeEach(async () => (cloud = await startSns()));
  afterEach(() => cloud.close());

  const publish = (TopicArn: string, Message: string) =>
    cloud.sns.send(new PublishCommand({ TopicArn, Message }));

  it("delivers raw, with the message's attributes, to a queue whose policy lets the topic in", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    await cloud.sns.send(
      new PublishCommand({
        TopicArn: topic,
        Message: "täglich",
        MessageAttributes: {
          kind: { DataType: "String", StringValue: "news" },
          picture: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
        },
      }),
    );
    const message = await cloud.next(url);
    expect(message.Body).to.equal("täglich");
    expect(message.MessageAttributes?.["kind"]?.StringValue).to.equal("news");
    expect([...(message.MessageAttributes?.["picture"]?.BinaryValue ?? [])]).to.deep.equal([
      0, 255,
    ]);
  });

  it("delivers in the envelope unless delivery is raw", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, name, {});
    const { MessageId } = await publish(topic, "in an envelope");
    const envelope = JSON.parse((await cloud.next(url)).Body ?? "") as Record<string, string>;
    expect(envelope).to.include({
      Type: "Notification",
      TopicArn: topic,
      MessageId,
      Message: "in an envelope",
    });
  });

  it("delivers a batch to every subscription whose filter it passes", async () => {
    const topic = await cloud.topic();
    const all = await cloud.queue(topic);
    const some = await cloud.queue(topic);
    await cloud.subscribe(topic, all.name);
    await cloud.subscribe(topic, some.name, {
      RawMessageDelivery: "true",
      FilterPolicy: JSON.stringify({ kind: ["wanted"] }),
    });
    const ofKind = (Id: string, kind: string) => ({
      Id,
      Message: Id,
      MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
    });
    await cloud.sns.send(
      new PublishBatchCommand({
        TopicArn: topic,
        PublishBatchRequestEntries: [ofKind("a", "other"), ofKind("b", "wanted")],
      }),
    );
    expect((await cloud.next(some.url)).Body).to.equal("b");
    const bodies = [await cloud.next(all.url), await cloud.next(all.url)].map(({ Body }) => Body);
    expect(bodies).to.have.members(["a", "b"]);
  });

  it("keeps the order of a group of a FIFO topic, also while deliveries fail", async () => {
    const topic = await cloud.topic(".fifo");
    const { name, url } = await cloud.queue(topic, ".fifo");
    await cloud.subscribe(topic, name);
    await cloud.setFaults([{ service: "sqs", operation: "SendMessage", probability: 0.5 }]);
    const sent = Array.from({ length: 12 }, (_, index) => String(index));
    for (const Message of sent)
      await cloud.sns.send(
        new PublishCommand({
          TopicArn: topic,
          Message,
          MessageGroupId: "group",
          MessageDeduplicationId: Message,
        }),
      );
    await cloud.logged("sns-delivery-failed");
    await cloud.setFaults([]);
    const received: string[] = [];
    await untilMet("All messages of the group", async () => {
      const { Attributes } = await cloud.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: ["ApproximateNumberOfMessages"],
        }),
      );
      return Attributes?.["ApproximateNumberOfMessages"] === "12" || undefined;
    });
    while (received.length < sent.length) {
      const { Body = "", ReceiptHandle } = await cloud.next(url);
      received.push(Body);
      await cloud.delete(url, ReceiptHandle);
    }
    expect(received).to.deep.equal(sent);
  });

  it("tries again while SQS fails, and loses nothing", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    await cloud.setFaults([{ service: "sqs", operation: "SendMessage" }]);
    await publish(topic, "kept");
    const failed = await cloud.logged("sns-delivery-failed");
    expect(failed).to.include({ topic, queue: arnOfQueue(name) });
    await cloud.setFaults([]);
    expect((await cloud.next(url)).Body).to.equal("kept");
  });

  it("tries again when SQS throttles, though that is a client's error by its status", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    await cloud.setFaults([
      { service: "sqs", error: { statusCode: 403, code: "RequestThrottled" } },
    ]);
    await publish(topic, "kept");
    await cloud.logged("sns-delivery-failed");
    await cloud.setFaults([]);
    expect((await cloud.next(url)).Body).to.equal("kept");
  });

  it("drops what the queue's policy does not allow, and logs it", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(`${topic}-of-another`);
    await cloud.subscribe(topic, name);
    await publish(topic, "not let in");
    const dropped = await cloud.logged("sns-message-dropped");
    expect(dropped).to.include({ topic, queue: arnOfQueue(name) });
    expect(dropped["error"]).to.include("does not allow sns.amazonaws.com");
    await cloud.allow(url, name, topic);
    await publish(topic, "let in");
    expect((await cloud.next(url)).Body).to.equal("let in");
  });

  it("moves what cannot be delivered to the subscription's dead-letter queue", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(topic);
    const deadLetters = await cloud.queue(topic);
    const subscription = await cloud.subscribe(topic, name);
    await cloud.sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscription,
        AttributeName: "RedrivePolicy",
        AttributeValue: JSON.stringify({ deadLetterTargetArn: arnOfQueue(deadLetters.name) }),
      }),
    );
    await cloud.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await publish(topic, "undeliverable");
    expect((await cloud.next(deadLetters.url)).Body).to.equal("undeliverable");
    expect(await cloud.logged("sns-message-dead-lettered")).to.include({ queue: arnOfQueue(name) });
  });

  it("still delivers what was published before the subscription or the topic ended", async () => {
    const topic = await cloud.topic();
    const first = await cloud.queue(topic);
    const second = await cloud.queue(topic);
    const subscription = await cloud.subscribe(topic, first.name);
    await cloud.subscribe(topic, second.name);
    await cloud.setFaults([{ service: "sqs", operation: "SendMessage" }]);
    await publish(topic, "before the end");
    await cloud.sns.send(new UnsubscribeCommand({ SubscriptionArn: subscription }));
    await cloud.sns.send(new DeleteTopicCommand({ TopicArn: topic }));
    await cloud.setFaults([]);
    expect((await cloud.next(first.url)).Body).to.equal("before the end");
    expect((await cloud.next(second.url)).Body).to.equal("before the end");
  });

  it("shows no queue of its own", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    const { QueueUrls } = await cloud.sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).to.deep.equal([url]);
  });

  it("takes a dead-letter queue by its ARN only", async () => {
    const topic = await cloud.topic();
    const { name } = await cloud.queue(topic);
    const failure = await failureOf(
      cloud.subscribe(topic, name, { RedrivePolicy: '{"deadLetterTargetArn":"my-queue"}' }),
    );
    expect(failure.name).to.equal("InvalidParameterException");
    expect(failure.message).to.include("RedrivePolicy");
  });

  it("stops at once while deliveries wait", async () => {
    const topic = await cloud.topic();
    const { name } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    await cloud.setFaults([{ service: "sqs", operation: "SendMessage" }]);
    await publish(topic, "unfinished");
    await untilMet("A wait of a second", () =>
      Promise.resolve(cloud.entries.find(({ retryInMs }) => retryInMs === 1_000)),
    );
  });
});
