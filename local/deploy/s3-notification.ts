import {
  type Event,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { oncePermitted } from "./once-permitted.ts";
import { resourceType } from "./resource-type.ts";

const rule = {
  id: z.string().optional(),
  events: z.array(z.string()),
  filterPrefix: z.string().optional(),
  filterSuffix: z.string().optional(),
};

type Rule = z.infer<z.ZodObject<typeof rule>>;

/** Everything that a bucket tells, in one resource, as S3 keeps it. */
export const bucketNotification = resourceType(
  z.strictObject({
    bucket: z.string(),
    eventbridge: z.literal(false).optional(),
    lambdaFunctions: z.array(z.strictObject({ ...rule, lambdaFunctionArn: z.string() })).optional(),
    queues: z.array(z.strictObject({ ...rule, queueArn: z.string() })).optional(),
    topics: z.array(z.strictObject({ ...rule, topicArn: z.string() })).optional(),
  }),
  async (inputs, { provider, region }) => {
    const { bucket: Bucket, lambdaFunctions, queues, topics } = inputs;
    const client = provider.client(S3Client, region);
    await oncePermitted(() =>
      client.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: {
            LambdaFunctionConfigurations: lambdaFunctions?.map((each) => ({
              ...ruleOf(each),
              LambdaFunctionArn: each.lambdaFunctionArn,
            })),
            QueueConfigurations: queues?.map((each) => ({
              ...ruleOf(each),
              QueueArn: each.queueArn,
            })),
            TopicConfigurations: topics?.map((each) => ({
              ...ruleOf(each),
              TopicArn: each.topicArn,
            })),
          },
        }),
      ),
    );
    return { id: Bucket, state: {} };
  },
);

function ruleOf({ id, events, filterPrefix, filterSuffix }: Rule) {
  const FilterRules = [
    ...(filterPrefix ? [{ Name: "prefix" as const, Value: filterPrefix }] : []),
    ...(filterSuffix ? [{ Name: "suffix" as const, Value: filterSuffix }] : []),
  ];
  return {
    Id: id,
    Events: events as Event[],
    ...(FilterRules.length > 0 && { Filter: { Key: { FilterRules } } }),
  };
}
