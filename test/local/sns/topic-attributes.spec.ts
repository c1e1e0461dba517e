import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("Attributes of topics", () => {
  let cloud: Cloud;
  let sns: SNSClient;

  before(async () => {
    cloud = await startCloud();
    sns = new SNSClient(clientSettings(cloud.endpoint));
  });

  after(async () => {
    sns.destroy();
    await cloud.close();
  });

  async function createTopic(Name: string): Promise<string> {
    return (await sns.send(new CreateTopicCommand({ Name }))).TopicArn ?? "";
  }
  const set = (TopicArn: string, AttributeName: string, AttributeValue: string) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
  const policyOf = async (TopicArn: string) => {
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    return Attributes?.["Policy"] ?? "";
  };

  it("show the default policy until the topic is given one", async () => {
    const topicArn = await createTopic("WithPolicy");
    const shown = JSON.parse(await policyOf(topicArn)) as Record<string, unknown>;
    expect(shown).to.deep.include({ Version: "2008-10-17", Id: "__default_policy_ID" });
    const own = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" }],
    });
    await set(topicArn, "Policy", own);
    expect(await policyOf(topicArn)).to.equal(own);
  });

  it("take that deliveries are not logged, and refuse that they are", async () => {
    const topicArn = await createTopic("Feedback");
    await set(topicArn, "SQSSuccessFeedbackSampleRate", "0");
    await set(topicArn, "LambdaFailureFeedbackRoleArn", "");
    for (const [name, value] of [
      ["SQSSuccessFeedbackSampleRate", "50"],
      ["HTTPFailureFeedbackRoleArn", "arn:aws:iam::000000000000:role/feedback"],
    ] as const) {
      const failure = await failureOf(set(topicArn, name, value));
      expect(failure.name).to.match(/^InvalidParameter/);
      expect(failure.message).to.include(`${name} cannot be set, as deliveries are not logged`);
    }
  });

  it("need a topic that is there", async () => {
    const absent = "arn:aws:sns:us-east-1:000000000000:absent";
    const failure = await failureOf(set(absent, "SQSSuccessFeedbackSampleRate", "0"));
    expect(failure.name).to.match(/^NotFound/);
  });
});
