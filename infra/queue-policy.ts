import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** @returns the queue policy that lets one topic, and nothing else of SNS, send to a queue. */
export function allowTopicToSend(
  name: string,
  topic: aws.sns.Topic,
  queue: aws.sqs.Queue,
  opts: pulumi.CustomResourceOptions,
): aws.sqs.QueuePolicy {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
      },
    ],
  });
  return new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy }, opts);
}
