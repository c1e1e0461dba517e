import type { AwsCall } from "../../wire/aws-call.ts";
import {
  type ActionOnResource,
  type ActionTable,
  anyResource,
  arnIn,
  type CallInput,
  entries,
  textIn,
} from "./action-reader.ts";

/** Source: Service Authorization Reference, Amazon DynamoDB. */
export const dynamodbActions: ActionTable = {
  ...entries(
    "dynamodb",
    [
      "PutItem",
      "GetItem",
      "UpdateItem",
      "DeleteItem",
      "CreateTable",
      "DescribeTable",
      "UpdateTable",
      "DeleteTable",
      "DescribeTimeToLive",
      "UpdateTimeToLive",
      "DescribeContinuousBackups",
      "UpdateContinuousBackups",
      "DescribeContributorInsights",
      "DescribeKinesisStreamingDestination",
    ],
    (input, call) => [tableArn(textIn(input, "TableName"), call)],
  ),
  ...entries("dynamodb", ["Query", "Scan"], (input, call) => {
    const table = tableArn(textIn(input, "TableName"), call);
    const index = textIn(input, "IndexName");
    return [index === "" ? table : `${table}/index/${index}`];
  }),
  ...entries("dynamodb", ["BatchGetItem", "BatchWriteItem"], (input, call) =>
    Object.keys(recordIn(input["RequestItems"])).map((table) => tableArn(table, call)),
  ),
  ...entries(
    "dynamodb",
    [
      "TagResource",
      "UntagResource",
      "ListTagsOfResource",
      "PutResourcePolicy",
      "GetResourcePolicy",
      "DeleteResourcePolicy",
    ],
    (input) => [textIn(input, "ResourceArn")],
  ),
  ...entries("dynamodb", ["ListTables", "DescribeLimits", "DescribeEndpoints"], anyResource),
  ...entries("dynamodb", ["DescribeStream", "GetShardIterator"], (input) => [
    textIn(input, "StreamArn"),
  ]),
  // An iterator begins with its stream.
  ...entries("dynamodb", ["GetRecords"], (input) => [
    textIn(input, "ShardIterator").split("|")[0] ?? "",
  ]),
  ...entries("dynamodb", ["ListStreams"], (input, call) => {
    const table = textIn(input, "TableName");
    return [table === "" ? "*" : `${tableArn(table, call)}/stream/*`];
  }),
  TransactGetItems: readTransaction,
  TransactWriteItems: readTransaction,
};

/** A transaction needs the action of each of its parts. */
const actionOfPart: Readonly<Record<string, string>> = {
  Get: "dynamodb:GetItem",
  Put: "dynamodb:PutItem",
  Update: "dynamodb:UpdateItem",
  Delete: "dynamodb:DeleteItem",
  ConditionCheck: "dynamodb:ConditionCheckItem",
};

function readTransaction(input: CallInput, call: AwsCall): ActionOnResource[] {
  const items = Array.isArray(input["TransactItems"]) ? input["TransactItems"] : [];
  const needed = new Map<string, ActionOnResource>();
  for (const item of items)
    for (const [part, request] of Object.entries(recordIn(item))) {
      const action = actionOfPart[part] ?? `dynamodb:${part}`;
      const resource = tableArn(textIn(recordIn(request), "TableName"), call);
      needed.set(`${action} ${resource}`, { action, resource });
    }
  return [...needed.values()];
}

/** `TableName` may be a name or an ARN. */
function tableArn(table: string, call: AwsCall): string {
  return table.startsWith("arn:") ? table : arnIn(call, "dynamodb", `table/${table}`);
}

function recordIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
