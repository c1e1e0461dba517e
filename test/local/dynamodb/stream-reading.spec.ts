import { DeleteTableCommand, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  ListStreamsCommand,
  type StreamViewType,
} from "@aws-sdk/client-dynamodb-streams";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedDynamodb, startDynamodb } from "./start-dynamodb.ts";
import { item, streamReader } from "./stream-reader.ts";

describe("Readers of DynamoDB streams", () => {
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

  const { streamed, latestStream, iteratorOf, recordsOf, put } = streamReader(() => ({
    cloud,
    streams,
  }));

  it("are read on from an iterator, page by page", async () => {
    const { TableName, StreamArn } = await streamed();
    for (const value of ["a", "b", "c"]) await put(TableName, item(value));
    const read = async (ShardIterator: string | undefined) =>
      streams.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
    const first = await read(await iteratorOf(StreamArn));
    expect(first.Records).to.have.length(2);
    const second = await read(first.NextShardIterator);
    expect(second.Records).to.have.length(1);
    const third = await read(second.NextShardIterator);
    expect(third.Records).to.deep.equal([]);
    await put(TableName, item("d"));
    const [last] = (await read(third.NextShardIterator)).Records ?? [];
    expect(last?.dynamodb?.NewImage).to.deep.equal(item("d"));
  });

  it("are read from their end, or from a sequence number", async () => {
    const { TableName, StreamArn } = await streamed();
    await put(TableName, item("a"));
    const atEnd = await iteratorOf(StreamArn, { ShardIteratorType: "LATEST" });
    await put(TableName, item("b"));
    const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator: atEnd }));
    expect(Records).to.have.length(1);
    const SequenceNumber = Records[0]?.dynamodb?.SequenceNumber;
    const of = (ShardIteratorType: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER") =>
      recordsOf(StreamArn, { ShardIteratorType, SequenceNumber });
    expect(await of("AT_SEQUENCE_NUMBER")).to.deep.equal(Records);
    expect(await of("AFTER_SEQUENCE_NUMBER")).to.deep.equal([]);
  });

  it("can be started and ended on a table", async () => {
    const { TableName } = await cloud.table();
    const update = (StreamEnabled: boolean, StreamViewType?: StreamViewType) =>
      cloud.client.send(
        new UpdateTableCommand({
          TableName,
          StreamSpecification: { StreamEnabled, StreamViewType },
        }),
      );
    expect(await latestStream(TableName)).to.equal("");
    expect((await failureOf(update(false))).name).to.equal("ValidationException");
    const { TableDescription } = await update(true, "NEW_IMAGE");
    expect(TableDescription?.StreamSpecification).to.deep.equal({
      ...{ StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    });
    const arn = TableDescription?.LatestStreamArn ?? "";
    expect(arn).to.match(/:table\/[^/]+\/stream\/\d{4}-\d\d-\d\dT[\d:]+\.\d{3}$/);
    expect(arn.endsWith(`/${TableDescription?.LatestStreamLabel ?? "none"}`)).to.equal(true);
    expect((await failureOf(update(true, "NEW_IMAGE"))).message).to.include("already has");
    await put(TableName, item("seen"));
    await update(false);
    await put(TableName, item("not seen"));
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    expect(StreamDescription?.StreamStatus).to.equal("DISABLED");
    const ShardIterator = await iteratorOf(arn);
    const { Records, NextShardIterator } = await streams.send(
      new GetRecordsCommand({ ShardIterator }),
    );
    expect(Records).to.have.length(1);
    expect(NextShardIterator).to.equal(undefined);
    await update(true, "KEYS_ONLY");
    const second = await latestStream(TableName);
    expect(second).not.to.equal(arn);
    await put(TableName, item("seen again"));
    expect(await recordsOf(second)).to.have.length(1);
    const { Streams = [] } = await streams.send(new ListStreamsCommand({ TableName }));
    expect(Streams.map(({ StreamArn }) => StreamArn)).to.have.members([arn, second]);
  });

  it("outlive their table", async () => {
    const { TableName, StreamArn } = await streamed();
    await put(TableName, item("one"));
    await cloud.client.send(new DeleteTableCommand({ TableName }));
    const records = await recordsOf(StreamArn);
    expect(records.map(({ eventName }) => eventName)).to.deep.equal(["INSERT"]);
  });

  it("are listed page by page, and described", async () => {
    const { TableName, StreamArn } = await streamed();
    await streamed();
    const { Streams, LastEvaluatedStreamArn } = await streams.send(
      new ListStreamsCommand({ Limit: 1 }),
    );
    expect(Streams).to.have.length(1);
    expect(LastEvaluatedStreamArn).to.equal(Streams?.[0]?.StreamArn);
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    expect(StreamDescription).to.deep.include({
      ...{ StreamArn, TableName, StreamStatus: "ENABLED", StreamViewType: "NEW_AND_OLD_IMAGES" },
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    expect(StreamDescription?.Shards).to.have.length(1);
  });

  it("refuse what is none of theirs", async () => {
    const { StreamArn } = await streamed();
    const gone = `${StreamArn}0`;
    const of = async (promise: Promise<unknown>) => (await failureOf(promise)).name;
    expect(await of(streams.send(new DescribeStreamCommand({ StreamArn: gone })))).to.equal(
      "ResourceNotFoundException",
    );
    expect(await of(iteratorOf(StreamArn, { ShardId: "shardId-none" }))).to.equal(
      "ResourceNotFoundException",
    );
    expect(await of(iteratorOf(StreamArn, { ShardIteratorType: "AT_SEQUENCE_NUMBER" }))).to.equal(
      "ValidationException",
    );
    expect(
      await of(streams.send(new GetRecordsCommand({ ShardIterator: "no iterator" }))),
    ).to.equal("ValidationException");
    expect(await of(cloud.table({ StreamSpecification: { StreamEnabled: true } }))).to.equal(
      "ValidationException",
    );
  });
});
