import type { PutBucketNotificationConfigurationRequest } from "@aws-sdk/client-s3";
import { AwsError } from "../../../wire/aws-error.ts";
import { malformedXml } from "../errors.ts";
import { checkConfiguration } from "../notifications/check-configuration.ts";
import { testMessage } from "../notifications/event-message.ts";
import { rulesOf } from "../notifications/notification-rule.ts";
import type { S3Operation, S3Operations } from "../s3-operation.ts";

type PutInput = PutBucketNotificationConfigurationRequest & { readonly Bucket: string };

/** Source: S3 API reference, PutBucketNotificationConfiguration. */
const putNotification: S3Operation<PutInput> = async (input, { store, targets, call }) => {
  const bucket = store.get(input.Bucket);
  if (!input.NotificationConfiguration) throw malformedXml();
  const configuration = checkConfiguration(input.NotificationConfiguration);
  const rules = rulesOf(configuration);
  if (input.SkipDestinationValidation !== true) {
    for (const rule of rules) {
      const problem = targets.problemOf(rule, bucket.arn);
      if (problem !== undefined) throw notValidated(rule.targetArn, problem);
    }
    const tested = rules.filter(({ kind }) => kind !== "function");
    for (const rule of tested)
      await targets
        .send(rule, bucket.arn, testMessage(bucket, call.requestId), call.signal)
        .catch((error: unknown) => {
          throw notValidated(rule.targetArn, error instanceof Error ? error.message : "");
        });
  }
  bucket.notifications = configuration;
  return {};
};

function notValidated(targetArn: string, why: string): AwsError {
  return new AwsError(
    "InvalidArgument",
    `Unable to validate the following destination configurations: ${targetArn}. ${why}`,
    400,
    { ArgumentName: targetArn, ArgumentValue: why },
  );
}

export const bucketNotificationOperations = {
  GetBucketNotificationConfiguration: ((input, { store }) =>
    store.get(input.Bucket).notifications) satisfies S3Operation<{ Bucket: string }>,
  PutBucketNotificationConfiguration: putNotification,
} as const satisfies S3Operations;
