import { serveInput } from "../../members/serve-input.ts";
import type { Log } from "../../log.ts";
import type { AwsService } from "../aws-service.ts";
import { readTarget } from "../json-service.ts";
import { answerJson } from "./answer-json.ts";
import { batchOperations } from "./batch-operations.ts";
import { checkInput } from "./check-input.ts";
import { checkResourceArn } from "./check-resource-arn.ts";
import { answerConditionFailure, type ConditionalWrite } from "./condition-failure.ts";
import { startExpiry } from "./expired-items.ts";
import { readInput } from "./read-input.ts";
import { createRegionTables, type RegionTables } from "./region-tables.ts";
import { streamOperations } from "./streams/stream-operations.ts";
import { createStreamBacklogs, type StreamBacklogs } from "./streams/stream-backlogs.ts";
import { type TableOperation, tableOperations } from "./table-operations.ts";
import { transactionOperations } from "./transactions/transaction-operations.ts";

/** What dynalite answers. Operations on tables pass through `table-operations.ts`. */
const dynaliteOperations = [
  "DeleteItem",
  "GetItem",
  "ListTables",
  "ListTagsOfResource",
  "PutItem",
  "Query",
  "Scan",
  "UntagResource",
  "UpdateItem",
];

/** Write operations that may ask for the item which failed their condition. */
const conditionalOperations = new Set(["PutItem", "UpdateItem", "DeleteItem"]);

export interface DynamodbService extends AwsService {
  /** Resource-based policy of a table, as its JSON text. */
  resourcePolicyOf(tableArn: string): string | undefined;
  readonly streamBacklogs: StreamBacklogs;
}

/** DynamoDB: items in dynalite, and a thin layer for what it lacks. */
export function createDynamodbService(log: Log = () => undefined): DynamodbService {
  const regions = new Map<string, RegionTables>();
  const tablesOf = (region: string): RegionTables => {
    const tables = regions.get(region) ?? createRegionTables(region, log);
    regions.set(region, tables);
    return tables;
  };
  const expiry = startExpiry(() => regions.values());
  const ownOperations: Readonly<Record<string, TableOperation>> = {
    ...tableOperations,
    ...batchOperations,
    ...transactionOperations,
    ...streamOperations,
  };
  const operations = new Set([...dynaliteOperations, ...Object.keys(ownOperations)]);
  return {
    name: "dynamodb",
    operations: [...operations].sort(),
    identify({ headers }) {
      const [prefix, operation] = readTarget(headers["x-amz-target"]);
      const isServed = Object.hasOwn(streamOperations, operation)
        ? prefix === "DynamoDBStreams_20120810"
        : prefix === "DynamoDB_20120810" && operations.has(operation);
      return isServed ? { operation, protocol: "json-1.0" } : undefined;
    },
    async handle(call) {
      checkInput(call.request.body);
      checkResourceArn(call.operation, call.request.body);
      const tables = tablesOf(call.region);
      const run = ownOperations[call.operation];
      const read = readInput(call);
      const input = serveInput(call, read instanceof Promise ? await read : read);
      if (run) return answerJson(await run(input, tables), call);
      const { ReturnValuesOnConditionCheckFailure: returned, TableName, Item, Key } = input;
      const answer = await tables.store.call(call.operation, input);
      if (
        returned === undefined ||
        answer.status !== 400 ||
        !conditionalOperations.has(call.operation)
      )
        return answerJson(answer.output, call, answer.status);
      const write = { TableName, Item, Key, ReturnValuesOnConditionCheckFailure: returned };
      const { output } = await answerConditionFailure(answer, write as ConditionalWrite, tables);
      return answerJson(output, call, answer.status);
    },
    resourcePolicyOf(tableArn) {
      const [, , , region = "", , resource = ""] = tableArn.split(":");
      const name = resource.split("/")[1] ?? "";
      return regions.get(region)?.settings.get(name)?.resourcePolicy?.policy;
    },
    streamBacklogs: createStreamBacklogs((region) => regions.get(region)?.streams),
    close: () => expiry.stop(),
  };
}
