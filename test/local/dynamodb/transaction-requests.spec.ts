import { randomUUID } from "node:crypto";
import { type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedDynamodb, startDynamodb } from "./start-dynamodb.ts";
import { cancelled, key, put, transactionWriter } from "./transaction-writer.ts";

describe("Requests of DynamoDB transactions", () => {
  let cloud: StartedDynamodb;
  let one: string;
  before(async () => (cloud = await startDynamodb()));
  after(() => cloud.close());
  beforeEach(async () => {
    ({ TableName: one } = await cloud.table());
  });

  const { write, read, store } = transactionWriter(() => cloud.client);

  describe("with a client's token", () => {
    const add = (TableName: string, by: string): TransactWriteItem => ({
      Update: {
        ...{ TableName, Key: key("counter"), UpdateExpression: "ADD amount :by" },
        ExpressionAttributeValues: { ":by": { N: by } },
      },
    });

    it("are carried out once", async () => {
      const ClientRequestToken = randomUUID();
      for (let attempt = 0; attempt < 3; attempt++)
        await write([add(one, "1")], { ClientRequestToken });
      expect((await read(one, "counter"))["amount"]).to.deep.equal({ N: "1" });
    });

    it("are refused with other parameters", async () => {
      const ClientRequestToken = randomUUID();
      await write([add(one, "1")], { ClientRequestToken });
      const error = await failureOf(write([add(one, "2")], { ClientRequestToken }));
      expect(error.name).to.equal("IdempotentParameterMismatchException");
    });

    it("may be sent again where they were cancelled", async () => {
      const ClientRequestToken = randomUUID();
      const items = [put(one, "a", "new", { ConditionExpression: "attribute_exists(id)" })];
      await cancelled(write(items, { ClientRequestToken }));
      await store(one, "a");
      await write(items, { ClientRequestToken });
      expect((await read(one, "a"))["value"]).to.deep.equal({ S: "new" });
    });
  });

  const refused: readonly [string, () => TransactWriteItem[], RegExp][] = [
    ["no action", () => [], /length greater than or equal to 1/],
    [
      "more than 100 actions",
      () => Array.from({ length: 101 }, (_, index) => put(one, String(index))),
      /length less than or equal to 100/,
    ],
    ["an action that is none", () => [{}], /must have one of Put, Update, Delete, ConditionCheck/],
    [
      "two actions in one",
      () => [{ ...put(one, "a"), Delete: { TableName: one, Key: key("a") } }],
      /can only contain one of/,
    ],
    [
      "an item that comes twice",
      () => [put(one, "a"), { Delete: { TableName: one, Key: key("a") } }],
      /cannot include multiple operations on one item/,
    ],
    [
      "items of more than 4 MB",
      () => Array.from({ length: 12 }, (_, index) => put(one, String(index), "x".repeat(390_000))),
      /exceeds 4 MB/,
    ],
    [
      "an item of more than 400 KB",
      () => [put(one, "a", "x".repeat(410_000))],
      /Item size has exceeded the maximum allowed size/,
    ],
    [
      "an expression that is none",
      () => [put(one, "a", "new", { ConditionExpression: "id =" })],
      /Syntax error/,
    ],
  ];
  for (const [what, items, message] of refused)
    it(`are refused with ${what}`, async () => {
      const error = await failureOf(write(items()));
      expect(error.name).to.equal("ValidationException");
      expect(error.message).to.match(message);
      expect(await read(one, "a")).to.deep.equal({});
    });

  it("are refused with a table that is not there", async () => {
    const error = await failureOf(write([put(one, "a"), put("not-there", "a")]));
    expect(error.name).to.equal("ResourceNotFoundException");
    expect(await read(one, "a")).to.deep.equal({});
  });
});
