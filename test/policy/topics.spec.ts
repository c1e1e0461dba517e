import { describeRule } from "./support/describe-rule.ts";

describeRule("subscription-has-redrive-policy", {
  "refuses a subscription without a redrive policy": {
    change: (draft) => draft.unset("write-buffer-subscription", "redrivePolicy"),
    messages: [
      'Subscription write-buffer-subscription has no redrive policy, so a message that SNS cannot deliver to the queue is lost. Set redrivePolicy to {"deadLetterTargetArn": ARN of a queue}.',
    ],
  },
  "leaves subscriptions of other protocols alone": {
    change: (draft) =>
      draft
        .unset("write-buffer-subscription", "redrivePolicy")
        .set("write-buffer-subscription", { protocol: "https" }),
    messages: [],
  },
});
