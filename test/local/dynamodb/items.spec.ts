import {
  type ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { crc32 } from "node:zlib";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedDynamodb, startDynamodb } from "./start-dynamodb.ts";

describe("DynamoDB items", () => {
  let cloud: StartedDynamodb;
  let TableName: string;
  const Key = { id: { S: "1" } };
  const stored = { ...Key, version: { N: "7" } };
  const condition = {
    ConditionExpression: "version < :version",
    ExpressionAttributeValues: { ":version": { N: "5" } },
  };
  beforeEach(async () => {
    cloud = await startDynamodb();
    ({ TableName } = await cloud.table());
    await cloud.client.send(new PutItemCommand({ TableName, Item: stored }));
  });
  afterEach(() => cloud.close());

  const writes = {
    PutItem: (returned: "ALL_OLD" | "NONE") =>
      cloud.client.send(
        new PutItemCommand({
          ...{ TableName, Item: { ...Key, version: { N: "5" } }, ...condition },
          ReturnValuesOnConditionCheckFailure: returned,
        }),
      ),
    UpdateItem: (returned: "ALL_OLD" | "NONE") =>
      cloud.client.send(
        new UpdateItemCommand({
          ...{ TableName, Key, ...condition, UpdateExpression: "SET version = :version" },
          ReturnValuesOnConditionCheckFailure: returned,
        }),
      ),
    DeleteItem: (returned: "ALL_OLD" | "NONE") =>
      cloud.client.send(
        new DeleteItemCommand({
          ...{ TableName, Key, ...condition },
          ReturnValuesOnConditionCheckFailure: returned,
        }),
      ),
  };
  for (const [operation, write] of Object.entries(writes))
    it(`come with the failed condition of a ${operation} that asks for them, and only then`, async () => {
      const asked = (await failureOf(write("ALL_OLD"))) as ConditionalCheckFailedException;
      expect(asked.name).to.equal("ConditionalCheckFailedException");
      expect(asked.Item).to.deep.equal(stored);
      const notAsked = (await failureOf(write("NONE"))) as ConditionalCheckFailedException;
      expect(notAsked.name).to.equal("ConditionalCheckFailedException");
      expect(notAsked.Item).to.equal(undefined);
      const { Item } = await cloud.client.send(new GetItemCommand({ TableName, Key }));
      expect(Item).to.deep.equal(stored);
    });

  it("come without one where there is none", async () => {
    const failure = (await failureOf(
      cloud.client.send(
        new PutItemCommand({
          TableName,
          Item: { id: { S: "2" } },
          ConditionExpression: "attribute_exists(id)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      ),
    )) as ConditionalCheckFailedException;
    expect(failure.name).to.equal("ConditionalCheckFailedException");
    expect(failure.Item).to.equal(undefined);
  });

  it("keep every digit of a number", async () => {
    const price = { N: "12345678901234567890123456789012345678" };
    await cloud.client.send(new PutItemCommand({ TableName, Item: { ...Key, price } }));
    const { Item } = await cloud.client.send(new GetItemCommand({ TableName, Key }));
    expect(Item?.["price"]).to.deep.equal(price);
  });

  it("are answered with the checksum that clients check", async () => {
    const call = (operation: string, input: object) =>
      fetch(cloud.endpoint, {
        method: "POST",
        headers: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `DynamoDB_20120810.${operation}`,
        },
        body: JSON.stringify(input),
      });
    const answers = [
      await call("GetItem", { TableName, Key }),
      await call("DescribeTable", { TableName }),
      await call("PutItem", { TableName, Item: stored, ...condition }),
      await call("PutItem", {
        ...{ TableName, Item: stored, ...condition },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    ];
    for (const answer of answers) {
      const body = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get("x-amz-crc32")).to.equal(String(crc32(body)));
    }
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 400, 400]);
  });
});
