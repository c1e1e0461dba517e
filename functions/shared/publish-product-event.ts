import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { callOptions, clientOptions } from "./client-options.ts";
import { formatProductEvent, type ProductEvent } from "./product-event.ts";
import { TIME_BUDGET } from "./time-budget.ts";

const sns = new SNSClient(clientOptions(TIME_BUDGET.sns));

/** Resolves once SNS has accepted the event, which then reaches the queue. */
export async function publishProductEvent(topicArn: string, event: ProductEvent): Promise<void> {
  await sns.send(
    new PublishCommand({ TopicArn: topicArn, Message: formatProductEvent(event) }),
    callOptions(TIME_BUDGET.sns),
  );
}
