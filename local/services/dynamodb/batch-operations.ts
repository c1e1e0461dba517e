import { setImmediate as nextTurn } from "node:timers/promises";
import { AwsError } from "../../wire/aws-error.ts";
import {
  type Database,
  databases,
  isDynaliteError,
  type Item,
  runAction,
} from "./dynalite-parts.ts";
import type { TableOperation } from "./table-operations.ts";
import { findTable } from "./transactions/find-table.ts";
import { toAwsError } from "./transactions/to-aws-error.ts";
import { promised } from "./transactions/promised.ts";
import { validate } from "./transactions/validate.ts";

type Structure = Record<string, unknown>;

interface CapacityOutput {
  readonly ConsumedCapacity?: { readonly CapacityUnits: number };
}

/** Bytes of one answer, as dynalite counts them. */
const mostBytesRead = 1024 * 1024 + 400 * 1024;

/** BatchGetItem and BatchWriteItem, item by item, so that others have their turn between them. */
export const batchOperations: Readonly<Record<string, TableOperation>> = {
  async BatchWriteItem(input, { store: { database } }) {
    const requests = input["RequestItems"];
    const valid = validate(
      "BatchWriteItem",
      { ...input, RequestItems: hollow(requests) },
      database,
    );
    const writes: PreparedWrite[] = [];
    for (const [table, list] of Object.entries(requests as Record<string, Structure[]>)) {
      const keys = new Set<string>();
      for (const request of list) {
        await nextTurn();
        const write = await prepare(table, request, input["ReturnConsumedCapacity"], database);
        if (keys.has(write.key)) throw invalid("Provided list of item keys contains duplicates");
        keys.add(write.key);
        writes.push(write);
      }
    }
    const used: Used = new Map();
    for (const { operation, input: write } of writes) {
      await nextTurn();
      addUsed(used, String(write["TableName"]), await run(operation, write, database));
    }
    return { UnprocessedItems: {}, ...consumed(used, valid["ReturnConsumedCapacity"]) };
  },

  async BatchGetItem(input, { store: { database } }) {
    const valid = validate("BatchGetItem", { ...input }, database);
    const { ReturnConsumedCapacity: capacity } = valid;
    const tables = Object.entries(valid["RequestItems"] as Record<string, Structure>);
    for (const [name, { Keys }] of tables) {
      const table = await findTable(name, database);
      for (const key of Keys as Item[]) refuse(databases.validateKey(key, table));
    }
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, Structure> = {};
    const used: Used = new Map();
    let bytes = 0;
    for (const [TableName, { Keys, ...settings }] of tables) {
      const found: Item[] = (Responses[TableName] = []);
      const left: Item[] = [];
      for (const Key of shuffled(Keys as Item[])) {
        if (bytes > mostBytesRead) {
          left.push(Key);
          continue;
        }
        const get = { ...settings, TableName, Key, ReturnConsumedCapacity: capacity };
        const output = await run("GetItem", get, database);
        const { Item: item } = output as { Item?: Item };
        if (item) bytes += databases.itemSize(item);
        if (item && bytes > mostBytesRead) left.push(Key);
        else if (item) found.push(item);
        addUsed(used, TableName, output);
      }
      if (left.length === 0) continue;
      const { AttributesToGet, ConsistentRead } = settings;
      const { ProjectionExpression, ExpressionAttributeNames } = settings;
      UnprocessedKeys[TableName] = {
        ...{ Keys: left, AttributesToGet, ConsistentRead },
        ...{ ProjectionExpression, ExpressionAttributeNames },
      };
    }
    return { Responses, UnprocessedKeys, ...consumed(used, capacity) };
  },
};

interface PreparedWrite {
  readonly operation: "PutItem" | "DeleteItem";
  readonly input: Structure;
  readonly key: string;
}

async function prepare(
  TableName: string,
  request: Structure,
  ReturnConsumedCapacity: unknown,
  database: Database,
): Promise<PreparedWrite> {
  const put = request["PutRequest"] as Structure | undefined;
  const removal = request["DeleteRequest"] as Structure | undefined;
  const operation = put ? "PutItem" : "DeleteItem";
  const data = put ? { Item: put["Item"] } : { Key: removal?.["Key"] };
  const input = validate(operation, { TableName, ...data, ReturnConsumedCapacity }, database);
  const item = (input["Item"] ?? input["Key"]) as Item;
  const table = await findTable(TableName, database);
  const problem = put ? databases.validateItem(item, table) : databases.validateKey(item, table);
  if (problem && /Missing the key|Type mismatch for key/.test(problem.message))
    throw invalid("The provided key element does not match the schema");
  refuse(problem);
  return { operation, input, key: databases.createKey(item, table) };
}

/** The requests of a batch without their items, whose order and number are checked first. */
function hollow(requests: unknown): unknown {
  return mapValues(requests, (list) =>
    Array.isArray(list)
      ? list.map((request: unknown) =>
          mapValues(request, (inner) => mapValues(inner, (item) => mapValues(item, () => value))),
        )
      : list,
  );
}

const value = { NULL: true };

/** An object with other values; anything else stays. */
function mapValues(given: unknown, to: (value: unknown) => unknown): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, to(each)]));
}

async function run(operation: string, input: Structure, database: Database): Promise<object> {
  try {
    return await promised<object>((done) => {
      runAction(operation, input, database, done);
    });
  } catch (error) {
    refuse(error);
    throw error;
  }
}

function refuse(error: unknown): void {
  if (isDynaliteError(error)) throw toAwsError(error);
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** Capacity units by table. */
type Used = Map<string, number>;

function addUsed(used: Used, table: string, output: object): void {
  const { ConsumedCapacity } = output as CapacityOutput;
  if (ConsumedCapacity) used.set(table, (used.get(table) ?? 0) + ConsumedCapacity.CapacityUnits);
}

function consumed(used: Used, asked: unknown): object {
  if (asked !== "TOTAL" && asked !== "INDEXES") return {};
  return {
    ConsumedCapacity: [...used].map(([TableName, CapacityUnits]) => ({
      ...{ TableName, CapacityUnits },
      ...(asked === "INDEXES" && { Table: { CapacityUnits } }),
    })),
  };
}

/** DynamoDB answers in no order. */
function shuffled<T>(list: readonly T[]): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
