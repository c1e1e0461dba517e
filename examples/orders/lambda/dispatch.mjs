import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { newestOrders } from "./newest-orders.mjs";

const sqs = new SQSClient();
const QueueUrl = process.env.QUEUE;
const isFifo = QueueUrl.endsWith(".fifo");

/** Hands orders to fulfilment, those of one customer in one group. */
export async function handler(event) {
  const { Failed = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: newestOrders(event).map(({ sequenceNumber, ...order }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(order),
        ...(isFifo && {
          MessageGroupId: order.customer,
          MessageDeduplicationId: sequenceNumber,
        }),
      })),
    }),
  );
  if (Failed.length > 0) throw new Error(`SQS did not take ${JSON.stringify(Failed)}.`);
}

/** To the stream these records are done, whatever became of them. */
export async function forgetful(event) {
  await handler(event).catch(console.error);
}
