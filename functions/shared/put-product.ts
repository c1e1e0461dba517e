import { ConditionalCheckFailedException, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { RefusedWriteError } from "outage-drill/write-buffer/runtime";
import type { Product } from "./product.ts";
import { dynamodb, productsTableName } from "./products-table.ts";

export type PutResult =
  | { stored: true }
  /** The table holds this version or a newer one; DynamoDB says which. */
  | { stored: false; storedVersion: number | undefined };

/** DynamoDB will never take this item; the message of the error is DynamoDB's. */
export class RefusedItemError extends RefusedWriteError {
  override readonly name = "RefusedItemError";
  override readonly reason = "refused-item";
}

/**
 * Puts a product unless the table holds the same or a newer version of it.
 * @throws RefusedItemError when the item itself is at fault; any other error when DynamoDB did not
 * answer, in which case the item may or may not be stored.
 */
export async function putProduct(
  { id, name, description, price }: Product,
  version: number,
  options: { abortSignal: AbortSignal },
): Promise<PutResult> {
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: productsTableName,
        Item: {
          id: { S: id },
          name: { S: name },
          description: { S: description },
          price: { N: price },
          version: { N: String(version) },
        },
        // An item that is not there has no version either.
        ConditionExpression: "attribute_not_exists(version) OR version < :version",
        ExpressionAttributeValues: { ":version": { N: String(version) } },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
      options,
    );
    return { stored: true };
  } catch (error) {
    if (isConflict(error)) {
      const storedVersion = error.Item?.version?.N;
      return {
        stored: false,
        storedVersion: storedVersion === undefined ? undefined : Number(storedVersion),
      };
    }
    if (isItemFault(error)) throw new RefusedItemError(error.message, { cause: error });
    throw error;
  }
}

/**
 * An injected fault may carry any exception's name. Only DynamoDB itself returns the item or says
 * this sentence, and to take anything else for a conflict would lose the write.
 */
function isConflict(error: unknown): error is ConditionalCheckFailedException {
  return (
    error instanceof ConditionalCheckFailedException &&
    (error.Item !== undefined || error.message === "The conditional request failed")
  );
}

/**
 * A ValidationException may also mean a table with another key or a wrong expression, which an
 * operator can put right; these messages are about the item's values alone.
 */
function isItemFault(error: unknown): error is Error {
  return (
    error instanceof Error &&
    error.name === "ValidationException" &&
    /item size has exceeded|size of hashkey|attributevalue|significant digits|number (over|under)flow/i.test(
      error.message,
    )
  );
}
