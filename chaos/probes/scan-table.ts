import { paginateScan } from "@aws-sdk/client-dynamodb";
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** Every item of the table, by its `id`, from a consistent scan. */
export async function scanTable(
  client: DynamoDBClient,
  tableName: string,
  signal?: AbortSignal,
): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  const pages = paginateScan({ client }, { TableName: tableName, ConsistentRead: true });
  for await (const page of pages) {
    signal?.throwIfAborted();
    for (const item of page.Items ?? []) items.set(item["id"]?.S ?? "", item);
  }
  return items;
}
