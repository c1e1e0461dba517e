import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient();
const TableName = process.env.SHIPMENTS;

/**
 * Says what is to be shipped of each order: the groups side by side, the messages of a group in their
 * order. When it fails, the queue gives it all of them again.
 */
export async function handler({ Records }) {
  const groups = Map.groupBy(
    Records,
    ({ attributes, messageId }) => attributes.MessageGroupId ?? messageId,
  );
  await Promise.all([...groups.values()].map(ship));
}

async function ship(records) {
  for (const { body } of records) {
    const { order, pieces } = JSON.parse(body);
    await dynamodb.send(
      new PutItemCommand({ TableName, Item: { order: { S: order }, pieces: { N: pieces } } }),
    );
  }
}
