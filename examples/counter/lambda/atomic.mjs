import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient();
const TableName = process.env.TABLE;

/** POST /counters/ID adds one, GET /counters/ID reads. */
export async function handler({ rawPath, requestContext }) {
  const id = decodeURIComponent(rawPath.split("/").at(-1));
  const Key = { id: { S: id } };
  if (requestContext.http.method === "POST") {
    await addOnce(Key, requestContext.requestId);
    return { statusCode: 200, body: "{}" };
  }
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName, Key, ConsistentRead: true }),
  );
  return { statusCode: 200, body: JSON.stringify({ count: Number(Item?.count.N ?? 0) }) };
}

/** The database adds, and knows which requests it has counted: the SDK may send one a second time. */
async function addOnce(Key, requestId) {
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: "ADD #count :one, requests :ids",
        ConditionExpression: "NOT contains(requests, :id)",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: {
          ":one": { N: "1" },
          ":ids": { SS: [requestId] },
          ":id": { S: requestId },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
