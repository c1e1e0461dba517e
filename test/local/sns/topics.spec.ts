import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { arnOfQueue, type StartedSns, startSns } from "./start-sns.ts";

describe("SNS topics and subscriptions", () => {
  let cloud: StartedSns;
  beforeEach(async () => (cloud = await startSns()));
  afterEach(() => cloud.close());

  it("shows the subscriber's own queue as the endpoint", async () => {
    const topic = await cloud.topic();
    const { name } = await cloud.queue(topic);
    const SubscriptionArn = await cloud.subscribe(topic, name);
    const { Attributes } = await cloud.sns.send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn }),
    );
    expect(Attributes).to.include({ Endpoint: arnOfQueue(name), RawMessageDelivery: "true" });
    const { Subscriptions } = await cloud.sns.send(new ListSubscriptionsCommand({}));
    expect(Subscriptions?.map(({ Endpoint }) => Endpoint)).to.deep.equal([arnOfQueue(name)]);
    const byTopic = await cloud.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
    expect(byTopic.Subscriptions).to.deep.equal(Subscriptions);
  });

  it("answers the same subscription to the same request, also to many at once", async () => {
    const topic = await cloud.topic();
    const { name } = await cloud.queue(topic);
    const arns = await Promise.all(Array.from({ length: 5 }, () => cloud.subscribe(topic, name)));
    expect(new Set(arns).size).to.equal(1);
  });

  for (const Protocol of ["email", "http", "https", "sms", "firehose", "carrier-pigeon"])
    it(`refuses a subscription by ${Protocol}, which it could not deliver to`, async () => {
      const TopicArn = await cloud.topic();
      const failure = await failureOf(
        cloud.sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint: "somebody" })),
      );
      expect(failure.name).to.equal("InvalidParameterException");
      expect(failure.message).to.include(Protocol);
    });

  it("refuses a FIFO queue at a standard topic and an endpoint that is no queue", async () => {
    const topic = await cloud.topic();
    const fifo = await failureOf(cloud.subscribe(topic, "any.fifo"));
    expect(fifo.message).to.include("FIFO SQS Queues can not be subscribed");
    const TopicArn = topic;
    const noQueue = await failureOf(
      cloud.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: "my-queue" })),
    );
    expect(noQueue.name).to.equal("InvalidParameterException");
  });

  it("answers NotFound for a topic that is not there, and keeps nothing of the attempt", async () => {
    const missing = "arn:aws:sns:us-east-1:000000000000:missing";
    const failure = await failureOf(cloud.subscribe(missing, "any"));
    expect(failure.name).to.equal("NotFoundException");
    const published = await failureOf(
      cloud.sns.send(new PublishCommand({ TopicArn: missing, Message: "m" })),
    );
    expect(published.name).to.equal("NotFoundException");
  });

  it("keeps the regions apart", async () => {
    const topic = await cloud.topic();
    const { name } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    const elsewhere = new SNSClient({ ...clientSettings(cloud.endpoint), region: "eu-west-1" });
    expect((await elsewhere.send(new ListTopicsCommand({}))).Topics).to.deep.equal([]);
    const { Subscriptions } = await elsewhere.send(new ListSubscriptionsCommand({}));
    expect(Subscriptions).to.deep.equal([]);
    const { TopicArn } = await elsewhere.send(new CreateTopicCommand({ Name: "there" }));
    expect(TopicArn).to.equal("arn:aws:sns:eu-west-1:000000000000:there");
    elsewhere.destroy();
    const { Topics } = await cloud.sns.send(new ListTopicsCommand({}));
    expect(Topics).to.deep.equal([{ TopicArn: topic }]);
  });

  it("delivers the body for queues of a message with a body for each protocol", async () => {
    const topic = await cloud.topic();
    const { name, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    const publish = (bodies: object) =>
      cloud.sns.send(
        new PublishCommand({
          TopicArn: topic,
          MessageStructure: "json",
          Message: JSON.stringify(bodies),
        }),
      );
    await publish({ default: "for all", sqs: "for queues" });
    expect((await cloud.next(url)).Body).to.equal("for queues");
    const failure = await failureOf(publish({ sqs: "for queues" }));
    expect(failure.message).to.include("No default entry");
  });

  it("refuses a message that no queue would take", async () => {
    const TopicArn = await cloud.topic();
    for (const Message of ["\u0000", "a\uffff"]) {
      const failure = await failureOf(cloud.sns.send(new PublishCommand({ TopicArn, Message })));
      expect(failure.name).to.equal("InvalidParameterException");
    }
  });

  it("keeps a policy that was set", async () => {
    const TopicArn = await cloud.topic();
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" }],
    });
    await cloud.sns.send(
      new SetTopicAttributesCommand({
        TopicArn,
        AttributeName: "Policy",
        AttributeValue: policy,
      }),
    );
    const { Attributes } = await cloud.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes?.["Policy"]).to.equal(policy);
  });
});
