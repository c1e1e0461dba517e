import { AwsError } from "../../../wire/aws-error.ts";
import type { DynaliteError, Item } from "../dynalite-parts.ts";

/** Why an action stopped its transaction, or `None`. Source: DynamoDB API, CancellationReason. */
export interface CancellationReason {
  readonly Code: "None" | "ConditionalCheckFailed" | "TransactionConflict" | "ValidationError";
  readonly Message?: string;
  readonly Item?: Item;
}

export const noReason: CancellationReason = { Code: "None" };

export const conflictReason: CancellationReason = {
  Code: "TransactionConflict",
  Message: "Transaction is ongoing for the item",
};

/** The reason that an error of one action is; any other error is the whole transaction's. */
export function reasonOf(
  error: DynaliteError,
  item: Item | undefined,
): CancellationReason | undefined {
  const type = String(error.body["__type"]).split("#").at(-1);
  const message = String(error.body["message"] ?? error.body["Message"] ?? error.message);
  if (type === "ConditionalCheckFailedException")
    return { Code: "ConditionalCheckFailed", Message: message, ...(item && { Item: item }) };
  return type === "ValidationException" ? { Code: "ValidationError", Message: message } : undefined;
}

/** The error of a transaction that did nothing, with a reason for each of its actions in order. */
export function transactionCancelled(reasons: readonly CancellationReason[]): AwsError {
  return new AwsError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    400,
    // Its model spells the message with a capital letter.
    { CancellationReasons: reasons },
  );
}
