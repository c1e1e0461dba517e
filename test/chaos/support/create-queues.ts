import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import type { SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";

export interface Queues {
  readonly topicArn: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** ProductEventsTopic → ProductEventsQueue → ProductEventsDeadLetterQueue. */
export async function createQueues(sqs: SQSClient, sns: SNSClient): Promise<Queues> {
  const create = async (name: string, attributes: Record<string, string> = {}) => {
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
    );
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
    );
    return { url: QueueUrl, arn: Attributes?.["QueueArn"] ?? "" };
  };
  const deadLetterQueue = await create("ProductEventsDeadLetterQueue");
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "ProductEventsTopic" }));
  const queue = await create("ProductEventsQueue", {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetterQueue.arn,
      maxReceiveCount: 1000,
    }),
    Policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: { ArnEquals: { "aws:SourceArn": TopicArn } },
      },
    }),
  });
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: "sqs",
      Endpoint: queue.arn,
      Attributes: { RawMessageDelivery: "true" },
    }),
  );
  return { topicArn: TopicArn, queueUrl: queue.url, deadLetterQueueUrl: deadLetterQueue.url };
}
