import { TransactionCanceledException, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { setTimeout as wait } from "node:timers/promises";
import { dynamodb, serve } from "./serve.mjs";

const attempts = 5;

/** All of an order or none of it; with the token the database takes a request that comes twice once. */
export const handler = serve(async (TransactItems, ClientRequestToken) => {
  const command = new TransactWriteItemsCommand({ TransactItems, ClientRequestToken });
  for (let attempt = 1; ; attempt++)
    try {
      return await dynamodb.send(command);
    } catch (error) {
      if (attempt === attempts || !isConflict(error)) throw error;
      await wait(Math.random() * 50 * 2 ** attempt);
    }
});

/** Another version of this order is being written. */
function isConflict(error) {
  return (
    error instanceof TransactionCanceledException &&
    error.CancellationReasons.some(({ Code }) => Code === "TransactionConflict")
  );
}
