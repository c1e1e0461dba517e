import type { DynaliteAnswer } from "./dynalite-store.ts";
import type { RegionTables } from "./region-tables.ts";

/** What a write names its item by, and whether it asks for the item that failed its condition. */
export interface ConditionalWrite {
  readonly TableName: string;
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly Key?: Readonly<Record<string, unknown>>;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

/**
 * Adds the stored item to a failed condition where the caller asked for it, which dynalite leaves
 * out. Source: DynamoDB API, ReturnValuesOnConditionCheckFailure.
 */
export async function answerConditionFailure(
  answer: DynaliteAnswer,
  input: ConditionalWrite,
  tables: RegionTables,
): Promise<DynaliteAnswer> {
  if (input.ReturnValuesOnConditionCheckFailure !== "ALL_OLD") return answer;
  if (!String(answer.output["__type"]).endsWith("#ConditionalCheckFailedException")) return answer;
  const { Table } = await tables.call("DescribeTable", { TableName: input.TableName });
  const { KeySchema } = Table as { KeySchema: { AttributeName: string }[] };
  const source = input.Key ?? input.Item ?? {};
  const Key = Object.fromEntries(
    KeySchema.map(({ AttributeName }) => [AttributeName, source[AttributeName]]),
  );
  const { Item } = await tables.call("GetItem", {
    TableName: input.TableName,
    Key,
    ConsistentRead: true,
  });
  return { status: 400, output: { ...answer.output, ...(Item ? { Item } : {}) } };
}
