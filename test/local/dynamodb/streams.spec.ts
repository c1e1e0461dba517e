import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient, type StreamViewType } from "@aws-sdk/client-dynamodb-streams";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedDynamodb, startDynamodb } from "./start-dynamodb.ts";
import { item, Key, streamReader } from "./stream-reader.ts";

describe("DynamoDB streams", () => {
  let cloud: StartedDynamodb;
  let streams: DynamoDBStreamsClient;
  before(async () => {
    cloud = await startDynamodb();
    streams = new DynamoDBStreamsClient(clientSettings(cloud.endpoint));
  });
  after(async () => {
    streams.destroy();
    await cloud.close();
  });

  const { streamed, recordsOf, put } = streamReader(() => ({ cloud, streams }));

  it("have a record of each change, in order", async () => {
    const { TableName, StreamArn } = await streamed();
    const startedMs = Date.now();
    await put(TableName, item("one"));
    await cloud.client.send(
      new UpdateItemCommand({
        ...{ TableName, Key, UpdateExpression: "SET #value = :two" },
        ExpressionAttributeNames: { "#value": "value" },
        ExpressionAttributeValues: { ":two": { S: "two" } },
      }),
    );
    await cloud.client.send(new DeleteItemCommand({ TableName, Key }));
    const records = await recordsOf(StreamArn);
    expect(records.map(({ eventName }) => eventName)).to.deep.equal(["INSERT", "MODIFY", "REMOVE"]);
    expect(records.map(({ dynamodb }) => [dynamodb?.OldImage, dynamodb?.NewImage])).to.deep.equal([
      [undefined, item("one")],
      [item("one"), item("two")],
      [item("two"), undefined],
    ]);
    for (const record of records) {
      expect(record).to.include({
        ...{ eventVersion: "1.1", eventSource: "aws:dynamodb", awsRegion: "us-east-1" },
      });
      expect(record.eventID).to.match(/^[0-9a-f]{32}$/);
      expect(record.dynamodb?.Keys).to.deep.equal(Key);
      expect(record.dynamodb?.StreamViewType).to.equal("NEW_AND_OLD_IMAGES");
      expect(record.dynamodb?.SizeBytes).to.be.greaterThan(0);
      expect(record.dynamodb?.SequenceNumber).to.match(/^\d{21,40}$/);
      const createdMs = record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0;
      expect(createdMs).to.be.within(startedMs - 1000, Date.now());
    }
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? ""));
    expect(numbers).to.deep.equal(numbers.toSorted((one, two) => (one < two ? -1 : 1)));
  });

  const views: readonly [StreamViewType, string[]][] = [
    ["KEYS_ONLY", ["Keys"]],
    ["NEW_IMAGE", ["Keys", "NewImage"]],
    ["OLD_IMAGE", ["Keys", "OldImage"]],
    ["NEW_AND_OLD_IMAGES", ["Keys", "NewImage", "OldImage"]],
  ];
  for (const [view, members] of views)
    it(`show ${view}`, async () => {
      const { TableName, StreamArn } = await streamed(view);
      await put(TableName, item("one"));
      await put(TableName, item("two"));
      const [, changed] = await recordsOf(StreamArn);
      const shown = Object.keys(changed?.dynamodb ?? {}).filter((name) =>
        ["Keys", "NewImage", "OldImage"].includes(name),
      );
      expect(shown).to.have.members(members);
    });

  it("have no record where nothing changes", async () => {
    const { TableName, StreamArn } = await streamed();
    const full = {
      ...item("one"),
      set: { SS: ["a", "b"] },
      map: { M: { a: { N: "1" }, b: { L: [{ BOOL: true }] } } },
    };
    await put(TableName, full);
    await put(TableName, {
      map: { M: { b: { L: [{ BOOL: true }] }, a: { N: "1" } } },
      set: { SS: ["b", "a"] },
      ...item("one"),
    });
    await cloud.client.send(
      new UpdateItemCommand({
        ...{ TableName, Key, UpdateExpression: "SET #value = :one" },
        ExpressionAttributeNames: { "#value": "value" },
        ExpressionAttributeValues: { ":one": { S: "one" } },
      }),
    );
    await cloud.client.send(new DeleteItemCommand({ TableName, Key: { id: { S: "none" } } }));
    await failureOf(
      cloud.client.send(
        new PutItemCommand({
          ...{ TableName, Item: item("two"), ConditionExpression: "attribute_not_exists(id)" },
        }),
      ),
    );
    expect(await recordsOf(StreamArn)).to.have.length(1);
    await put(TableName, { ...full, map: { M: { a: { N: "1" }, b: { L: [{ BOOL: false }] } } } });
    expect(await recordsOf(StreamArn)).to.have.length(2);
  });

  it("have the changes of batches and transactions", async () => {
    const { TableName, StreamArn } = await streamed();
    await cloud.client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: [{ PutRequest: { Item: item("one") } }] },
      }),
    );
    const two = { id: { S: "2" } };
    await cloud.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName, Item: two } }, { Delete: { TableName, Key } }],
      }),
    );
    await failureOf(
      cloud.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: { id: { S: "3" } } } },
            { Put: { TableName, Item: two, ConditionExpression: "attribute_not_exists(id)" } },
          ],
        }),
      ),
    );
    const records = await recordsOf(StreamArn);
    expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb?.Keys])).to.deep.equal([
      ["INSERT", Key],
      ["INSERT", two],
      ["REMOVE", Key],
    ]);
    expect(records[2]?.dynamodb?.OldImage).to.deep.equal(item("one"));
  });

  it("keep the order of concurrent changes of an item", async () => {
    const { TableName, StreamArn } = await streamed();
    await Promise.all(
      Array.from({ length: 50 }, () =>
        cloud.client.send(
          new UpdateItemCommand({
            ...{ TableName, Key, UpdateExpression: "ADD amount :one" },
            ExpressionAttributeValues: { ":one": { N: "1" } },
          }),
        ),
      ),
    );
    const amounts = (await recordsOf(StreamArn)).map(({ dynamodb }) =>
      Number(dynamodb?.NewImage?.["amount"]?.N),
    );
    expect(amounts).to.deep.equal(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it("say what a time to live has deleted", async () => {
    const { TableName, StreamArn } = await streamed("OLD_IMAGE");
    await cloud.client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled: true, AttributeName: "ends" },
      }),
    );
    await put(TableName, { ...Key, ends: { N: String(Math.floor(Date.now() / 1000) - 10) } });
    const removed = await untilMet("The item's end", async () =>
      (await recordsOf(StreamArn)).find(({ eventName }) => eventName === "REMOVE"),
    );
    expect(removed.userIdentity).to.deep.equal({
      ...{ PrincipalId: "dynamodb.amazonaws.com", Type: "Service" },
    });
  });
});
