import type * as aws from "@pulumi/aws";

/** @returns the queue policy that lets one topic, and nothing else of SNS, send to a queue. */
export function topicMaySend(topic: aws.sns.Topic, queue: aws.sqs.Queue) {
  return {
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
  };
}
