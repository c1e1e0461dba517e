import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { arnOfQueue, type StartedSns, startSns } from "./start-sns.ts";

type Attributes = Record<string, string>;
const json = (value: unknown) => JSON.stringify(value);
const filter = (value: unknown) => ({ FilterPolicy: json(value) });

describe("SNS Subscribe", () => {
  let cloud: StartedSns;
  before(async () => (cloud = await startSns()));
  after(() => cloud.close());

  const attributesOf = async (SubscriptionArn: string) =>
    (await cloud.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;

  it("answers the existing subscription to a request with any part of its attributes", async () => {
    const topic = await cloud.topic();
    const given = { RawMessageDelivery: "true", ...filter({ kind: ["a", "b"] }) };
    const arn = await cloud.subscribe(topic, "q", given);
    const others: Attributes[] = [
      {},
      given,
      { RawMessageDelivery: "True" },
      { FilterPolicy: '{ "kind": ["a", "b"] }' },
      { FilterPolicyScope: "MessageAttributes" },
    ];
    for (const attributes of others)
      expect(await cloud.subscribe(topic, "q", attributes), json(attributes)).to.equal(arn);
    const { SubscriptionArn } = await cloud.sns.send(
      new SubscribeCommand({
        ...{ TopicArn: topic, Protocol: "sqs", Endpoint: arnOfQueue("q") },
        ReturnSubscriptionArn: true,
      }),
    );
    expect(SubscriptionArn).to.equal(arn);
    expect(await attributesOf(arn)).to.include(given);
  });

  it("refuses attributes that differ, also from what was set since", async () => {
    const topic = await cloud.topic();
    const arn = await cloud.subscribe(topic, "q", { RawMessageDelivery: "true" });
    const different: Attributes[] = [
      { RawMessageDelivery: "false" },
      filter({ kind: ["a"] }),
      { FilterPolicyScope: "MessageBody" },
    ];
    for (const attributes of different) {
      const failure = await failureOf(cloud.subscribe(topic, "q", attributes));
      expect(failure.name).to.equal("InvalidParameterException");
      expect(failure.message).to.equal(
        "Invalid parameter: Attributes Reason: Subscription already exists with different attributes",
      );
    }
    await cloud.sns.send(
      new SetSubscriptionAttributesCommand({
        ...{ SubscriptionArn: arn, AttributeName: "RawMessageDelivery", AttributeValue: "false" },
      }),
    );
    expect(await cloud.subscribe(topic, "q", { RawMessageDelivery: "false" })).to.equal(arn);
    await failureOf(cloud.subscribe(topic, "q", { RawMessageDelivery: "true" }));
  });

  const dlq = (arn: string) => ({ RedrivePolicy: json({ deadLetterTargetArn: arn }) });
  const refused: readonly [Attributes, string][] = [
    [
      { RawMessageDelivery: "yes" },
      "RawMessageDelivery: Invalid value [yes]. Must be true or false.",
    ],
    [{ RawMessageDelivery: "" }, "RawMessageDelivery: Invalid value []. Must be true or false."],
    [{ FilterPolicyScope: "Body" }, "FilterPolicyScope: Invalid value [Body]. Please use either"],
    [{ FilterPolicy: "{no" }, "FilterPolicy: failed to parse JSON."],
    [{ FilterPolicy: "[]" }, "FilterPolicy: "],
    [filter({ kind: "a" }), 'FilterPolicy: "kind" must be an object or an array'],
    [filter({ kind: [] }), "FilterPolicy: Empty arrays are not allowed"],
    [
      filter({ kind: [["a"]] }),
      "FilterPolicy: Match value must be String, number, true, false, or null",
    ],
    [filter({ kind: [{ like: "a" }] }), "FilterPolicy: Unrecognized match type like"],
    [filter({ kind: [{ prefix: "a", suffix: "b" }] }), "FilterPolicy: Only one key allowed"],
    [filter({ kind: [{ prefix: 1 }] }), "FilterPolicy: prefix match pattern must be a string"],
    [filter({ kind: [{ exists: "no" }] }), "FilterPolicy: exists match pattern must be either"],
    [filter({ kind: [{ numeric: [] }] }), "FilterPolicy: Invalid member in numeric match: ]"],
    [filter({ kind: [{ numeric: ["=", "1"] }] }), "FilterPolicy: Value of equals must be numeric"],
    [
      filter({ kind: [{ numeric: [">", 3, "<", 1] }] }),
      "FilterPolicy: Bottom must be less than top",
    ],
    [
      filter({ kind: [{ "anything-but": { exists: true } }] }),
      "FilterPolicy: Unsupported anything-but",
    ],
    [
      filter({ a: [1], b: [1], c: [1], d: [1], e: [1], f: [1] }),
      "FilterPolicy: Filter policy can not have",
    ],
    [filter({ a: Array(151).fill("x") }), "FilterPolicy: Filter policy is too complex"],
    [{ RedrivePolicy: "{invalid" }, "RedrivePolicy: failed to parse JSON."],
    [{ RedrivePolicy: "[]" }, "RedrivePolicy: "],
    [dlq("q"), "RedrivePolicy: deadLetterTargetArn is an invalid arn"],
    [dlq(arnOfQueue("q.fifo")), "RedrivePolicy: "],
    [dlq(arnOfQueue("q").replace("us-east-1", "eu-west-1")), "RedrivePolicy: "],
    [{ DeliveryPolicy: "no JSON" }, "DeliveryPolicy: failed to parse JSON."],
    [{ SubscriptionRoleArn: "arn" }, "SubscriptionRoleArn"],
    [{ ReplayPolicy: "{}" }, "ReplayPolicy"],
  ];
  for (const [attributes, sentence] of refused)
    it(`refuses ${json(attributes).slice(0, 70)}, as SetSubscriptionAttributes does`, async () => {
      const topic = await cloud.topic();
      const failure = await failureOf(cloud.subscribe(topic, "q", attributes));
      expect(failure.name).to.equal("InvalidParameterException");
      expect(failure.message).to.include(`Invalid parameter: Attributes Reason: ${sentence}`);
      const SubscriptionArn = await cloud.subscribe(topic, "q", {});
      const before = await attributesOf(SubscriptionArn);
      const [[AttributeName, AttributeValue] = []] = Object.entries(attributes);
      const set = await failureOf(
        cloud.sns.send(
          new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }),
        ),
      );
      expect(set.message).to.include(`Invalid parameter: ${sentence}`);
      expect(await attributesOf(SubscriptionArn)).to.deep.equal(before);
    });

  it("refuses an attribute that SNS does not have, in its own words for each operation", async () => {
    const topic = await cloud.topic();
    const failure = await failureOf(cloud.subscribe(topic, "q", { Colour: "red" }));
    expect(failure.message).to.include("Colour");
    const SubscriptionArn = await cloud.subscribe(topic, "q", {});
    const set = await failureOf(
      cloud.sns.send(
        new SetSubscriptionAttributesCommand({
          ...{ SubscriptionArn, AttributeName: "Colour", AttributeValue: "red" },
        }),
      ),
    );
    expect(set.message).to.equal("Invalid parameter: AttributeName");
  });

  it("takes a nested filter policy for message bodies only", async () => {
    const topic = await cloud.topic();
    const nested = filter({ order: { kind: ["a"] } });
    const failure = await failureOf(cloud.subscribe(topic, "q", nested));
    expect(failure.message).to.include("does not support nested filter policy");
    await cloud.subscribe(topic, "q", { ...nested, FilterPolicyScope: "MessageBody" });
  });

  it("wants a FIFO queue as dead-letter queue at a FIFO topic", async () => {
    const { TopicArn = "" } = await cloud.sns.send(
      new CreateTopicCommand({ Name: "t.fifo", Attributes: { FifoTopic: "true" } }),
    );
    const failure = await failureOf(cloud.subscribe(TopicArn, "q.fifo", dlq(arnOfQueue("d"))));
    expect(failure.message).to.include("must use a FIFO queue as DLQ");
  });

  const bad: readonly [string, string, string, string][] = [
    ["topic", "sqs", arnOfQueue("q"), "An ARN must have at least 6 elements, not 1"],
    ["", "carrier", arnOfQueue("q"), "Amazon SNS does not support this protocol string: carrier"],
    ["", "sqs", "http://127.0.0.1/000000000000/q", "Invalid parameter: SQS endpoint ARN"],
  ];
  for (const [TopicArn, Protocol, Endpoint, sentence] of bad)
    it(`refuses ${Protocol} ${Endpoint} at ${TopicArn || "a topic"}`, async () => {
      const arn = TopicArn || (await cloud.topic());
      const failure = await failureOf(
        cloud.sns.send(new SubscribeCommand({ TopicArn: arn, Protocol, Endpoint })),
      );
      expect(failure.message).to.include(sentence);
    });
});
