import { setTimeout as wait } from "node:timers/promises";
import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Item } from "./scan-table.ts";

const throttledMs = 50;

/** The items of these `id`s, at most 100, by their `id`, each from a consistent read. */
export async function getItems(
  client: DynamoDBClient,
  tableName: string,
  { ids, signal }: { readonly ids: readonly string[]; readonly signal: AbortSignal },
): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  let open: Item[] = ids.filter(canBeKey).map((id) => ({ id: { S: id } }));
  while (open.length > 0) {
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [tableName]: { Keys: open, ConsistentRead: true } },
      }),
      { abortSignal: signal },
    );
    for (const item of Responses[tableName] ?? []) items.set(item["id"]?.S ?? "", item);
    const left = UnprocessedKeys[tableName]?.Keys ?? [];
    if (left.length === open.length) await wait(throttledMs, undefined, { signal });
    open = left;
  }
  return items;
}

/** DynamoDB has no item under an empty key or a longer one. Source: Amazon DynamoDB Developer Guide, Quotas. */
function canBeKey(id: string): boolean {
  return id !== "" && Buffer.byteLength(id) <= 2048;
}
