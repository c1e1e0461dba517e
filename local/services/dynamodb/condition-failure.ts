import type { AwsCall } from "../../wire/aws-call.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import { answerJson } from "./answer-json.ts";
import type { RegionTables } from "./region-tables.ts";

/**
 * Adds the stored item to a failed condition where the caller asked for it, which dynalite leaves
 * out. Source: DynamoDB API, ReturnValuesOnConditionCheckFailure.
 */
export async function answerConditionFailure(
  answer: HttpAnswer,
  call: AwsCall,
  tables: RegionTables,
): Promise<HttpAnswer> {
  const text = answer.body.toString();
  if (!text.includes("#ConditionalCheckFailedException")) return answer;
  const input = JSON.parse(call.request.body.toString("utf8")) as {
    TableName: string;
    Item?: Record<string, unknown>;
    Key?: Record<string, unknown>;
    ReturnValuesOnConditionCheckFailure?: string;
  };
  if (input.ReturnValuesOnConditionCheckFailure !== "ALL_OLD") return answer;
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
  return answerJson({ ...(JSON.parse(text) as object), ...(Item ? { Item } : {}) }, call, 400);
}
