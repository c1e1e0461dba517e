import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { callOptions, clientOptions, requireEnvironment } from "outage-drill/write-buffer/runtime";
import { dynamodbBudget } from "./budget.ts";
import type { Order } from "./order.ts";

const TableName = requireEnvironment("TABLE_NAME");
const dynamodb = new DynamoDBClient(clientOptions(dynamodbBudget));

/**
 * Puts an order unless the table holds the same or a newer version of it.
 * @returns undefined once it is stored, or else the version that the table holds.
 */
export async function putOrder({ id, item }: Order, version: number): Promise<number | undefined> {
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { id: { S: id }, item: { S: item }, version: { N: String(version) } },
        ConditionExpression: "attribute_not_exists(version) OR version < :version",
        ExpressionAttributeValues: { ":version": { N: String(version) } },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
      callOptions(dynamodbBudget),
    );
    return undefined;
  } catch (error) {
    // Only with the item has DynamoDB itself compared the versions.
    if (error instanceof ConditionalCheckFailedException && error.Item?.version?.N !== undefined)
      return Number(error.Item.version.N);
    throw error;
  }
}

export async function getOrder(id: string): Promise<Order | undefined> {
  const { Item: found } = await dynamodb.send(
    new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true }),
    callOptions(dynamodbBudget),
  );
  return found && { id, item: found.item?.S ?? "" };
}
