import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { newestOrders } from "./newest-orders.mjs";

const dynamodb = new DynamoDBClient();
const TableName = process.env.CUSTOMERS;

/** Keeps the orders of each customer. When it fails, the stream gives it the same records again. */
export async function handler(event) {
  await Promise.all(
    newestOrders(event).map(({ order, customer, pieces }) =>
      dynamodb.send(
        new PutItemCommand({
          TableName,
          Item: { customer: { S: customer }, order: { S: order }, pieces: { N: pieces } },
        }),
      ),
    ),
  );
}

/** To the stream these records are done, whatever became of them. */
export async function forgetful(event) {
  await handler(event).catch(console.error);
}
