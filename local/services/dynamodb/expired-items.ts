import { AwsError } from "../../wire/aws-error.ts";
import type { Item } from "./dynalite-parts.ts";
import type { RegionTables } from "./region-tables.ts";

/** AWS deletes expired items within a few days; here it takes seconds. */
const sweepIntervalMs = 1_000;

/**
 * An item whose time is further in the past than this is kept.
 * Source: DynamoDB Developer Guide, "Using time to live (TTL) in DynamoDB".
 */
const mostYearsPast = 5;

/** Deletes the items of tables with a time to live, until it is stopped. */
export function startExpiry(regions: () => Iterable<RegionTables>): { stop(): Promise<void> } {
  let stopped = false;
  let sweep: Promise<void> | undefined;
  const timer = setInterval(() => {
    sweep ??= sweepAll(regions, () => stopped).finally(() => (sweep = undefined));
  }, sweepIntervalMs);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await sweep;
    },
  };
}

async function sweepAll(regions: () => Iterable<RegionTables>, stopped: () => boolean) {
  for (const tables of regions())
    for (const [tableName, { timeToLiveAttribute }] of tables.settings) {
      if (timeToLiveAttribute === undefined || stopped()) continue;
      try {
        await deleteExpired(tables, tableName, timeToLiveAttribute, stopped);
      } catch (error) {
        // The table may have been deleted meanwhile.
        if (!(error instanceof AwsError)) throw error;
      }
    }
}

async function deleteExpired(
  tables: RegionTables,
  TableName: string,
  attribute: string,
  stopped: () => boolean,
): Promise<void> {
  const { Table } = await tables.call("DescribeTable", { TableName });
  const { KeySchema } = Table as { KeySchema: { AttributeName: string }[] };
  const expired = expiredBy(new Date());
  let ExclusiveStartKey: unknown;
  do {
    const page = await tables.call("Scan", {
      TableName,
      FilterExpression: "#expires < :now AND #expires > :oldest",
      ExpressionAttributeNames: { "#expires": attribute },
      ExpressionAttributeValues: expired,
      ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
    });
    for (const item of page["Items"] as Item[]) {
      if (stopped()) return;
      const Key = Object.fromEntries(
        KeySchema.map(({ AttributeName: key }) => [key, item[key]]),
      ) as Item;
      await deleteIfStill(tables, { TableName, Key }, attribute, item);
    }
    ExclusiveStartKey = page["LastEvaluatedKey"];
  } while (ExclusiveStartKey !== undefined && !stopped());
}

function expiredBy(now: Date): Record<string, { N: string }> {
  const oldest = new Date(now);
  oldest.setFullYear(now.getFullYear() - mostYearsPast);
  const seconds = (date: Date) => ({ N: String(Math.floor(date.getTime() / 1000)) });
  return { ":now": seconds(now), ":oldest": seconds(oldest) };
}

/** A write may have renewed the item since it was read. */
async function deleteIfStill(
  tables: RegionTables,
  key: { TableName: string; Key: Item },
  attribute: string,
  item: Item,
): Promise<void> {
  try {
    await tables.streams.asExpiry(key.TableName, key.Key, () =>
      tables.call("DeleteItem", {
        ...key,
        ConditionExpression: "#expires = :read",
        ExpressionAttributeNames: { "#expires": attribute },
        ExpressionAttributeValues: { ":read": item[attribute] },
      }),
    );
  } catch (error) {
    if (error instanceof AwsError && error.code === "ConditionalCheckFailedException") return;
    throw error;
  }
}
