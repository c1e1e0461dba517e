import { AwsError } from "../../wire/aws-error.ts";

/** `SQSSuccessFeedbackSampleRate` and its like, of each protocol that SNS delivers by. */
const feedback =
  /^(Application|Firehose|HTTP|Lambda|SQS)(SuccessFeedbackRoleArn|FailureFeedbackRoleArn|SuccessFeedbackSampleRate)$/;

/**
 * Whether a topic attribute is about the logging of deliveries, which is not done here: turning it
 * off is taken, turning it on is refused. Source: SNS API, SetTopicAttributes.
 */
export function isDeliveryStatusOff(attribute: string, value: string): boolean {
  if (!feedback.test(attribute)) return false;
  if (value === "" || (value === "0" && attribute.endsWith("Rate"))) return true;
  throw new AwsError(
    "InvalidParameter",
    `Invalid parameter: Attributes Reason: ${attribute} cannot be set, as deliveries are not logged here.`,
  );
}
