import {
  type AttributeValue,
  QueryCommand,
  type TransactionCanceledException,
  TransactGetItemsCommand,
  type TransactWriteItem,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { type StartedDynamodb, startDynamodb } from "./start-dynamodb.ts";
import { cancelled, key, put, transactionWriter } from "./transaction-writer.ts";

describe("DynamoDB transactions", () => {
  let cloud: StartedDynamodb;
  let one: string;
  let other: string;
  before(async () => (cloud = await startDynamodb()));
  after(() => cloud.close());
  beforeEach(async () => {
    ({ TableName: one } = await cloud.table());
    ({ TableName: other } = await cloud.table());
  });

  const isNew = { ConditionExpression: "attribute_not_exists(id)" };
  const { write, read, store } = transactionWriter(() => cloud.client);

  it("write to several tables", async () => {
    await store(one, "updated");
    await store(one, "deleted");
    await store(other, "checked");
    await write([
      put(other, "put"),
      {
        Update: {
          TableName: one,
          Key: key("updated"),
          UpdateExpression: "SET #value = :value",
          ExpressionAttributeNames: { "#value": "value" },
          ExpressionAttributeValues: { ":value": { S: "new" } },
        },
      },
      { Delete: { TableName: one, Key: key("deleted") } },
      {
        ConditionCheck: {
          TableName: other,
          Key: key("checked"),
          ConditionExpression: "attribute_exists(id)",
        },
      },
    ]);
    expect((await read(other, "put"))["value"]).to.deep.equal({ S: "new" });
    expect((await read(one, "updated"))["value"]).to.deep.equal({ S: "new" });
    expect(await read(one, "deleted")).to.deep.equal({});
    expect((await read(other, "checked"))["value"]).to.deep.equal({ S: "old" });
  });

  it("do nothing where one condition fails, and say which", async () => {
    await store(other, "there");
    const error = await cancelled(
      write([
        put(one, "a"),
        put(other, "there", "new", { ...isNew, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
        put(other, "b", "new", isNew),
        {
          ConditionCheck: {
            ...{ TableName: one, Key: key("c") },
            ConditionExpression: "attribute_exists(id)",
          },
        },
      ]),
    );
    expect(error.message).to.equal(
      "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None, ConditionalCheckFailed]",
    );
    expect(error.CancellationReasons).to.deep.equal([
      { Code: "None" },
      {
        Code: "ConditionalCheckFailed",
        Message: "The conditional request failed",
        Item: { id: { S: "there" }, value: { S: "old" } },
      },
      { Code: "None" },
      { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
    ]);
    for (const id of ["a", "b"]) expect(await read(one, id)).to.deep.equal({});
    expect((await read(other, "there"))["value"]).to.deep.equal({ S: "old" });
  });

  it("say which item cannot be", async () => {
    const error = await cancelled(
      write([
        put(one, "a"),
        { Put: { TableName: other, Item: { wrong: { S: "key" } } } },
        {
          Update: {
            ...{ TableName: one, Key: key("b"), UpdateExpression: "SET absent.deep = :one" },
            ExpressionAttributeValues: { ":one": { N: "1" } },
          },
        },
      ]),
    );
    expect(error.CancellationReasons?.map(({ Code }) => Code)).to.deep.equal([
      ...["None", "ValidationError", "None"],
    ]);
    expect(await read(one, "a")).to.deep.equal({});
  });

  it("keep indexes in step", async () => {
    const { TableName } = await cloud.table({
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "value", AttributeType: "S" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-value",
          KeySchema: [{ AttributeName: "value", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    });
    await write([put(TableName, "1", "a"), put(TableName, "2", "a")]);
    await write([put(TableName, "1", "b"), { Delete: { TableName, Key: key("2") } }]);
    const of = async (value: string) =>
      (
        await cloud.client.send(
          new QueryCommand({
            ...{ TableName, IndexName: "by-value" },
            KeyConditionExpression: "#value = :value",
            ExpressionAttributeNames: { "#value": "value" },
            ExpressionAttributeValues: { ":value": { S: value } },
          }),
        )
      ).Items?.map((item) => item["id"]?.S);
    expect(await of("a")).to.deep.equal([]);
    expect(await of("b")).to.deep.equal(["1"]);
  });

  it("that overlap conflict or come one after the other, and none is half there", async () => {
    const add = (TableName: string): TransactWriteItem => ({
      Update: {
        ...{ TableName, Key: key("counter"), UpdateExpression: "ADD amount :one" },
        ExpressionAttributeValues: { ":one": { N: "1" } },
      },
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        write(index % 2 === 0 ? [add(one), add(other)] : [add(other), add(one)]),
      ),
    );
    const failures = outcomes.flatMap((each) =>
      each.status === "rejected" ? [each.reason as TransactionCanceledException] : [],
    );
    expect(failures).not.to.deep.equal([]);
    for (const { CancellationReasons = [] } of failures)
      expect(CancellationReasons.map(({ Code }) => Code)).to.include("TransactionConflict");
    const total = String(outcomes.length - failures.length);
    for (const table of [one, other])
      expect((await read(table, "counter"))["amount"]).to.deep.equal({ N: total });
  });

  it("lose no single write beside them", async () => {
    const add = {
      ...{ TableName: one, Key: key("counter"), UpdateExpression: "ADD amount :one" },
      ExpressionAttributeValues: { ":one": { N: "1" } },
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 === 0
          ? cloud.client.send(new UpdateItemCommand(add))
          : write([{ Update: add }, put(other, String(index))]),
      ),
    );
    const done = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect((await read(one, "counter"))["amount"]).to.deep.equal({ N: String(done) });
  });

  it("read all items as they are at one moment", async () => {
    await write([put(one, "a", "0"), put(other, "a", "0")]);
    const get = () =>
      cloud.client.send(
        new TransactGetItemsCommand({
          TransactItems: [
            { Get: { TableName: one, Key: key("a") } },
            { Get: { TableName: other, Key: key("a") } },
            { Get: { TableName: other, Key: key("none") } },
          ],
        }),
      );
    const writes = (async () => {
      for (let value = 1; value <= 50; value++)
        await write([put(one, "a", String(value)), put(other, "a", String(value))]);
    })();
    let isRunning = true;
    void writes.then(() => (isRunning = false));
    let seen = 0;
    while (isRunning) {
      const answer = await get().catch((error: unknown) => error as TransactionCanceledException);
      if ("CancellationReasons" in answer) {
        expect(answer.name).to.equal("TransactionCanceledException");
        continue;
      }
      const { Responses = [] } = answer as {
        Responses?: { Item?: Record<string, AttributeValue> }[];
      };
      expect(Responses[0]?.Item?.["value"]).to.deep.equal(Responses[1]?.Item?.["value"]);
      expect(Responses[2]).to.deep.equal({});
      seen += 1;
    }
    await writes;
    expect(seen).to.be.greaterThan(0);
  });

  it("read what is asked for of each item", async () => {
    await store(one, "a");
    const { Responses, ConsumedCapacity } = await cloud.client.send(
      new TransactGetItemsCommand({
        ReturnConsumedCapacity: "TOTAL",
        TransactItems: [
          {
            Get: {
              ...{ TableName: one, Key: key("a"), ProjectionExpression: "#value" },
              ExpressionAttributeNames: { "#value": "value" },
            },
          },
        ],
      }),
    );
    expect(Responses).to.deep.equal([{ Item: { value: { S: "old" } } }]);
    expect(ConsumedCapacity).to.deep.equal([
      { TableName: one, CapacityUnits: 2, ReadCapacityUnits: 2 },
    ]);
  });
});
