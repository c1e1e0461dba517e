import {
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { jsonText, tagList, tagMap } from "./schemas.ts";

const topic = resourceType(
  z.strictObject({
    name: z.string().optional(),
    namePrefix: z.string().optional(),
    contentBasedDeduplication: z.boolean().optional(),
    deliveryPolicy: jsonText.optional(),
    displayName: z.string().optional(),
    fifoTopic: z.boolean().optional(),
    kmsMasterKeyId: z.string().optional(),
    policy: jsonText.optional(),
    signatureVersion: z.number().optional(),
    tracingConfig: z.string().optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const made = physicalName(name, inputs);
    const Name = inputs.fifoTopic && inputs.name === undefined ? `${made}.fifo` : made;
    const tagsAll = provider.tagsAll(inputs.tags);
    const { TopicArn } = await provider.client(SNSClient, region).send(
      new CreateTopicCommand({
        Name,
        Attributes: withoutUndefined({
          ContentBasedDeduplication: inputs.contentBasedDeduplication?.toString(),
          DeliveryPolicy: inputs.deliveryPolicy,
          DisplayName: inputs.displayName,
          FifoTopic: inputs.fifoTopic ? "true" : undefined,
          KmsMasterKeyId: inputs.kmsMasterKeyId,
          Policy: inputs.policy,
          SignatureVersion: inputs.signatureVersion?.toString(),
          TracingConfig: inputs.tracingConfig,
        }),
        Tags: tagList(tagsAll),
      }),
    );
    return {
      id: TopicArn ?? "",
      state: { name: Name, arn: TopicArn, owner: ownerOf(TopicArn), tagsAll },
    };
  },
);

const topicPolicy = resourceType(
  z.strictObject({ arn: z.string(), policy: jsonText }),
  async (inputs, { provider, region }) => {
    await provider.client(SNSClient, region).send(
      new SetTopicAttributesCommand({
        TopicArn: inputs.arn,
        AttributeName: "Policy",
        AttributeValue: inputs.policy,
      }),
    );
    return { id: inputs.arn, state: { owner: ownerOf(inputs.arn) } };
  },
);

const topicSubscription = resourceType(
  z.strictObject({
    topic: z.string(),
    // The other protocols (but lambda, firehose and sms) are confirmed by whoever is subscribed.
    protocol: z.enum(["sqs", "lambda"]),
    endpoint: z.string(),
    deliveryPolicy: jsonText.optional(),
    filterPolicy: jsonText.optional(),
    filterPolicyScope: z.enum(["MessageAttributes", "MessageBody"]).optional(),
    rawMessageDelivery: z.boolean().optional(),
    redrivePolicy: jsonText.optional(),
  }),
  async (inputs, { provider, region }) => {
    const { SubscriptionArn } = await provider.client(SNSClient, region).send(
      new SubscribeCommand({
        TopicArn: inputs.topic,
        Protocol: inputs.protocol,
        Endpoint: inputs.endpoint,
        ReturnSubscriptionArn: true,
        Attributes: withoutUndefined({
          DeliveryPolicy: inputs.deliveryPolicy,
          FilterPolicy: inputs.filterPolicy,
          FilterPolicyScope: inputs.filterPolicyScope,
          RawMessageDelivery: inputs.rawMessageDelivery ? "true" : undefined,
          RedrivePolicy: inputs.redrivePolicy,
        }),
      }),
    );
    return {
      id: SubscriptionArn ?? "",
      state: {
        arn: SubscriptionArn,
        ownerId: ownerOf(SubscriptionArn),
        pendingConfirmation: false,
        confirmationWasAuthenticated: true,
      },
    };
  },
);

function withoutUndefined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** The account in an ARN. */
function ownerOf(arn: string | undefined): string | undefined {
  return arn?.split(":")[4];
}

export const sns: Readonly<Record<string, ResourceType>> = {
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
};
