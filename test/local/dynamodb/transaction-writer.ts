import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";

export const key = (id: string) => ({ id: { S: id } });

/** A write of a transaction. */
export const put = (
  TableName: string,
  id: string,
  value = "new",
  more = {},
): TransactWriteItem => ({
  Put: { TableName, Item: { ...key(id), value: { S: value } }, ...more },
});

/** What a transaction was cancelled with. */
export async function cancelled(promise: Promise<unknown>): Promise<TransactionCanceledException> {
  const error = await failureOf(promise);
  expect(error.name, error.message).to.equal("TransactionCanceledException");
  return error as TransactionCanceledException;
}

/** Shorthands for items and transactions of a cloud. */
export function transactionWriter(client: () => DynamoDBClient) {
  return {
    write: (
      TransactItems: TransactWriteItem[],
      input: Partial<TransactWriteItemsCommandInput> = {},
    ) => client().send(new TransactWriteItemsCommand({ TransactItems, ...input })),
    async read(TableName: string, id: string): Promise<Record<string, AttributeValue>> {
      const command = new GetItemCommand({ TableName, Key: key(id), ConsistentRead: true });
      return (await client().send(command)).Item ?? {};
    },
    store: (TableName: string, id: string, value = "old") =>
      client().send(new PutItemCommand({ TableName, Item: { ...key(id), value: { S: value } } })),
  };
}
