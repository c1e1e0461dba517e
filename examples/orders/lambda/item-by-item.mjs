import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { dynamodb, serve } from "./serve.mjs";

/** Whatever ends this in between leaves half an order. */
export const handler = serve(async (changes) => {
  for (const change of changes)
    await dynamodb.send(
      change.Put ? new PutItemCommand(change.Put) : new DeleteItemCommand(change.Delete),
    );
});
