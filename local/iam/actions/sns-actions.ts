import {
  type ActionTable,
  anyResource,
  arnIn,
  type CallInput,
  entries,
  reader,
  textIn,
} from "./action-reader.ts";

/** Source: Service Authorization Reference, Amazon SNS. */
export const snsActions: ActionTable = {
  Publish: reader("sns:Publish", topicOf),
  PublishBatch: reader("sns:Publish", topicOf),
  ...entries(
    "sns",
    [
      "Subscribe",
      "ConfirmSubscription",
      "ListSubscriptionsByTopic",
      "GetTopicAttributes",
      "SetTopicAttributes",
      "AddPermission",
      "RemovePermission",
      "DeleteTopic",
      "GetDataProtectionPolicy",
      "PutDataProtectionPolicy",
    ],
    topicOf,
  ),
  ...entries(
    "sns",
    ["Unsubscribe", "GetSubscriptionAttributes", "SetSubscriptionAttributes"],
    (input) => [topicOfSubscription(textIn(input, "SubscriptionArn"))],
  ),
  ...entries("sns", ["CreateTopic"], (input, call) => [arnIn(call, "sns", textIn(input, "Name"))]),
  ...entries("sns", ["TagResource", "UntagResource", "ListTagsForResource"], (input) => [
    textIn(input, "ResourceArn"),
  ]),
  ...entries("sns", ["ListTopics", "ListSubscriptions"], anyResource),
};

/** A topic, a platform endpoint or, for a text message, a phone number. */
function topicOf(input: CallInput): string[] {
  return [textIn(input, "TopicArn") || textIn(input, "TargetArn") || textIn(input, "PhoneNumber")];
}

function topicOfSubscription(arn: string): string {
  return arn.split(":").slice(0, 6).join(":");
}
