import * as aws from "@pulumi/aws";
import { validateResourceOfType } from "@pulumi/policy";
import { ifKnown, UNKNOWN } from "../graph/unknown.ts";
import type { ResourceRule } from "./rule.ts";

export const subscriptionHasRedrivePolicy: ResourceRule = {
  name: "subscription-has-redrive-policy",
  description: "Checks that a topic keeps the messages that it cannot deliver to a queue.",
  severity: "high",
  remediationSteps:
    "Set the subscription's redrivePolicy to the ARN of a dead-letter queue, and let the topic send to it.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html",
  validateResource: validateResourceOfType(
    aws.sns.TopicSubscription,
    (subscription, args, reportViolation) => {
      const protocol = ifKnown(() => subscription.protocol);
      if (protocol !== "sqs") args.notApplicable("The subscription is not a queue's.");
      const redrivePolicy = ifKnown(() => subscription.redrivePolicy);
      if (redrivePolicy === UNKNOWN || hasTarget(redrivePolicy)) return;
      reportViolation(
        `Subscription ${args.name} has no redrive policy, so a message that SNS cannot deliver to the queue is lost. Set redrivePolicy to {"deadLetterTargetArn": ARN of a queue}.`,
      );
    },
  ),
};

function hasTarget(redrivePolicy: string | undefined): boolean {
  return redrivePolicy?.includes("deadLetterTargetArn") ?? false;
}
