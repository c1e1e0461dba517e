import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient();
const TableName = process.env.TABLE;

/** POST /counters/ID adds one, GET /counters/ID reads. */
export async function handler({ rawPath, requestContext }) {
  const id = decodeURIComponent(rawPath.split("/").at(-1));
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  let count = Number(Item?.count.N ?? 0);
  if (requestContext.http.method === "POST") {
    count += 1;
    await dynamodb.send(
      new PutItemCommand({ TableName, Item: { id: { S: id }, count: { N: String(count) } } }),
    );
  }
  return { statusCode: 200, body: JSON.stringify({ count }) };
}
