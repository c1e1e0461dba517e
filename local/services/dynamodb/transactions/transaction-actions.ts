import { AwsError } from "../../../wire/aws-error.ts";

export type ActionKind = "Put" | "Update" | "Delete" | "ConditionCheck" | "Get";

/** One action of a transaction, as the caller wrote it. */
export interface TransactionAction {
  readonly kind: ActionKind;
  readonly request: Record<string, unknown>;
}

/** Source: DynamoDB API, TransactWriteItems, TransactGetItems. */
const mostActions = 100;

/** What DynamoDB's model requires of each action besides its table. */
const required: Readonly<Record<ActionKind, readonly string[]>> = {
  Put: ["Item"],
  Update: ["Key", "UpdateExpression"],
  Delete: ["Key"],
  ConditionCheck: ["Key", "ConditionExpression"],
  Get: ["Key"],
};

/** Operation of dynalite whose rules an action follows. */
export const operationOf: Readonly<Record<ActionKind, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "DeleteItem",
  Get: "GetItem",
};

/** The actions of a transaction, each of one of `kinds`. Throws a ValidationException. */
export function readActions(
  items: unknown,
  kinds: readonly ActionKind[],
): readonly TransactionAction[] {
  if (!Array.isArray(items))
    throw invalid(
      "1 validation error detected: Value null at 'transactItems' failed to satisfy constraint: Member must not be null",
    );
  if (items.length < 1 || items.length > mostActions)
    throw invalid(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${items.length < 1 ? "greater than or equal to 1" : `less than or equal to ${String(mostActions)}`}`,
    );
  return items.map((item: unknown, index) => readAction(item, kinds, index));
}

function readAction(item: unknown, kinds: readonly ActionKind[], index: number): TransactionAction {
  const given = kinds.filter((kind) =>
    isStructure((item as Record<string, unknown> | null)?.[kind]),
  );
  const [kind] = given;
  if (kind === undefined || given.length > 1)
    throw invalid(
      kind === undefined
        ? `Invalid Request: TransactItems[${String(index)}] must have one of ${kinds.join(", ")}`
        : "TransactItems can only contain one of Check, Put, Update or Delete",
    );
  const request = { ...((item as Record<string, unknown>)[kind] as Record<string, unknown>) };
  const missing = ["TableName", ...required[kind]].find(
    (member) => request[member] === undefined || request[member] === null,
  );
  if (missing !== undefined)
    throw invalid(
      `1 validation error detected: Value null at 'transactItems.${String(index + 1)}.member.${lowerFirst(kind)}.${lowerFirst(missing)}' failed to satisfy constraint: Member must not be null`,
    );
  const returned = request["ReturnValuesOnConditionCheckFailure"];
  if (returned !== undefined && returned !== "ALL_OLD" && returned !== "NONE")
    throw invalid(
      `1 validation error detected: Value '${String(returned)}' at 'transactItems.${String(index + 1)}.member.${lowerFirst(kind)}.returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
    );
  // The rest of its table's ARN is what dynalite knows it by.
  const table = request["TableName"];
  if (typeof table === "string" && table.startsWith("arn:"))
    request["TableName"] = table.split("/")[1] ?? "";
  return { kind, request };
}

function isStructure(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
