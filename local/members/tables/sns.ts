import type { ServiceMembers } from "../member-table.ts";

const attributes = "MessageAttributes{}(DataType StringValue BinaryValue)";
const message = `Message Subject MessageStructure ${attributes} MessageDeduplicationId MessageGroupId`;

/** Source: SNS API 2010-03-31. What `Attributes` may hold is for the operations to check. */
export const snsMembers: ServiceMembers = {
  ConfirmSubscription: { honours: "TopicArn Token", refuses: "AuthenticateOnUnsubscribe=false" },
  CreateTopic: { honours: "Name Attributes Tags(Key Value)", refuses: "DataProtectionPolicy" },
  DeleteTopic: { honours: "TopicArn" },
  GetSubscriptionAttributes: { honours: "SubscriptionArn" },
  GetTopicAttributes: { honours: "TopicArn" },
  ListSubscriptions: { honours: "NextToken" },
  ListSubscriptionsByTopic: { honours: "TopicArn NextToken" },
  ListTagsForResource: { honours: "ResourceArn" },
  ListTopics: { honours: "NextToken" },
  Publish: { honours: `TopicArn TargetArn ${message}`, refuses: "PhoneNumber" },
  PublishBatch: { honours: `TopicArn PublishBatchRequestEntries(Id ${message})` },
  SetSubscriptionAttributes: { honours: "SubscriptionArn AttributeName AttributeValue" },
  SetTopicAttributes: { honours: "TopicArn AttributeName AttributeValue" },
  Subscribe: {
    honours: "TopicArn Protocol Endpoint Attributes",
    // A queue's subscription is confirmed at once.
    ignores: { "always-so": "ReturnSubscriptionArn" },
  },
  TagResource: { honours: "ResourceArn Tags(Key Value)" },
  Unsubscribe: { honours: "SubscriptionArn" },
  UntagResource: { honours: "ResourceArn TagKeys" },
};
