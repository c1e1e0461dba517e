import {
  CreateTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  TagResourceCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedSns, startSns } from "./start-sns.ts";

describe("SNS topics, as AWS has them", () => {
  let cloud: StartedSns;
  beforeEach(async () => (cloud = await startSns()));
  afterEach(() => cloud.close());

  it("number what a FIFO topic accepts, in the answer and in the envelope", async () => {
    const TopicArn = await cloud.topic(".fifo");
    const { name, url } = await cloud.queue(TopicArn, ".fifo");
    await cloud.subscribe(TopicArn, name, {});
    const input = { TopicArn, Message: "m", MessageGroupId: "g", MessageDeduplicationId: "d" };
    const first = await cloud.sns.send(new PublishCommand(input));
    expect(first.SequenceNumber).to.match(/^\d{20}$/);
    const again = await cloud.sns.send(new PublishCommand(input));
    expect([again.MessageId, again.SequenceNumber]).to.deep.equal([
      first.MessageId,
      first.SequenceNumber,
    ]);
    const { Successful } = await cloud.sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: "1", Message: "n", MessageGroupId: "g", MessageDeduplicationId: "e" },
        ],
      }),
    );
    expect(Number(Successful?.[0]?.SequenceNumber)).to.be.greaterThan(0);
    const { Body = "" } = await cloud.next(url);
    const envelope = JSON.parse(Body) as Record<string, unknown>;
    expect(envelope).to.include({ Message: "m", SequenceNumber: first.SequenceNumber });
    expect(envelope).not.to.have.any.keys("Signature", "SignatureVersion", "SigningCertURL");
  });

  it("are published to as a target too", async () => {
    const TargetArn = await cloud.topic();
    const { MessageId } = await cloud.sns.send(new PublishCommand({ TargetArn, Message: "m" }));
    expect(MessageId).to.match(/^[\w-]{36}$/);
  });

  it("are not reached in another Region", async () => {
    const TopicArn = await cloud.topic();
    const elsewhere = new SNSClient({ ...clientSettings(cloud.endpoint), region: "eu-west-1" });
    const failure = await failureOf(elsewhere.send(new PublishCommand({ TopicArn, Message: "m" })));
    elsewhere.destroy();
    expect(failure.name).to.equal("InvalidParameterException");
  });

  it("are listed 100 at a time", async () => {
    await Promise.all(Array.from({ length: 101 }, () => cloud.topic()));
    const first = await cloud.sns.send(new ListTopicsCommand({}));
    const { NextToken } = first;
    const second = await cloud.sns.send(new ListTopicsCommand({ NextToken }));
    expect([first.Topics?.length, second.Topics?.length]).to.deep.equal([100, 1]);
    expect(second.NextToken).to.equal(undefined);
  });

  const refused: readonly [ConstructorParameters<typeof CreateTopicCommand>[0], string][] = [
    [{ Name: "t.fifo" }, "Topic Name"],
    [{ Name: "t", Attributes: { FifoTopic: "true" } }, "must end with .fifo"],
    [{ Name: "a b" }, "Topic Name"],
    [{ Name: "t", Attributes: { Colour: "red" } }, "Colour"],
    [{ Name: "t", Attributes: { Policy: "no JSON" } }, "Policy"],
    [
      {
        Name: "t",
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "a", Value: "2" },
        ],
      },
      "Duplicated keys",
    ],
  ];
  for (const [input, named] of refused)
    it(`are not created from ${JSON.stringify(input)}`, async () => {
      const failure = await failureOf(cloud.sns.send(new CreateTopicCommand(input)));
      expect(failure.name).to.equal("InvalidParameterException");
      expect(failure.message).to.include(named);
    });

  it("keep their tags, and a missing one has none", async () => {
    const ResourceArn = await cloud.topic();
    await cloud.sns.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "a", Value: "b" }] }));
    const { Tags } = await cloud.sns.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).to.deep.equal([{ Key: "a", Value: "b" }]);
    const failure = await failureOf(
      cloud.sns.send(new ListTagsForResourceCommand({ ResourceArn: `${ResourceArn}-missing` })),
    );
    expect(failure.name).to.equal("ResourceNotFoundException");
  });
});
