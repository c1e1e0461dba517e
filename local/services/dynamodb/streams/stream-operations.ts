import { AwsError } from "../../../wire/aws-error.ts";
import type { RegionTables } from "../region-tables.ts";
import type { TableOperation } from "../table-operations.ts";
import { readShardIterator, writeShardIterator } from "./shard-iterator.ts";
import { fromSequenceNumber, type TableStream, toSequenceNumber } from "./table-stream.ts";

type Input = Readonly<Record<string, unknown>>;

/** Most records and bytes of one GetRecords. Source: DynamoDB Streams API. */
const mostRecords = 1000;
const mostBytes = 1024 * 1024;
const mostListed = 100;

/** The DynamoDB Streams API, 2012-08-10. A stream has one shard, which is open until it ends. */
export const streamOperations: Readonly<Record<string, TableOperation>> = {
  ListStreams(input, { streams }) {
    const tableName = nameOf(input["TableName"]);
    const limit = wholeNumber(input, "Limit", mostListed);
    const found = streams
      .list()
      .filter(({ args }) => tableName === undefined || args.tableName === tableName)
      .sort((one, other) => (one.arn < other.arn ? -1 : 1));
    const after = input["ExclusiveStartStreamArn"];
    const rest = typeof after === "string" ? found.filter(({ arn }) => arn > after) : found;
    const page = rest.slice(0, limit);
    return {
      Streams: page.map(({ arn, label, args }) => ({
        ...{ StreamArn: arn, StreamLabel: label, TableName: args.tableName },
      })),
      ...(rest.length > page.length && { LastEvaluatedStreamArn: page.at(-1)?.arn }),
    };
  },

  DescribeStream(input, tables) {
    const stream = streamOf(input["StreamArn"], tables);
    wholeNumber(input, "Limit", mostListed);
    const { args } = stream;
    const isPast = input["ExclusiveStartShardId"] === stream.shardId;
    return {
      StreamDescription: {
        StreamArn: stream.arn,
        StreamLabel: stream.label,
        StreamStatus: stream.isEnabled ? "ENABLED" : "DISABLED",
        StreamViewType: args.viewType,
        CreationRequestDateTime: args.createdMs / 1000,
        TableName: args.tableName,
        KeySchema: args.keys.map((AttributeName, index) => ({
          ...{ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" },
        })),
        Shards: isPast ? [] : [describeShard(stream)],
      },
    };
  },

  GetShardIterator(input, tables) {
    const stream = streamOf(input["StreamArn"], tables);
    checkShard(input["ShardId"], stream);
    const sequence = readPosition(input, stream);
    const { arn: streamArn, shardId } = stream;
    return { ShardIterator: writeShardIterator({ streamArn, shardId, sequence }) };
  },

  GetRecords(input, tables) {
    const { streamArn, shardId, sequence } = readShardIterator(input["ShardIterator"]);
    const stream = streamOf(streamArn, tables);
    checkShard(shardId, stream);
    const limit = wholeNumber(input, "Limit", mostRecords);
    if (sequence < stream.start) throw trimmed();
    const records = stream.read(sequence, limit, mostBytes);
    const next = (records.at(-1)?.sequence ?? sequence - 1) + 1;
    const isEnd = !stream.isEnabled && next >= stream.end;
    return {
      Records: records.map(({ text }) => JSON.parse(text) as object),
      ...(!isEnd && {
        NextShardIterator: writeShardIterator({ streamArn, shardId, sequence: next }),
      }),
    };
  },
};

function describeShard(stream: TableStream): object {
  return {
    ShardId: stream.shardId,
    SequenceNumberRange: {
      StartingSequenceNumber: toSequenceNumber(stream.start),
      ...(!stream.isEnabled && { EndingSequenceNumber: toSequenceNumber(stream.end) }),
    },
  };
}

function readPosition(input: Input, stream: TableStream): number {
  const type = input["ShardIteratorType"];
  const text = input["SequenceNumber"];
  switch (type) {
    case "TRIM_HORIZON":
    case "LATEST":
      if (text !== undefined)
        throw invalid(`SequenceNumber must not be given with the ShardIteratorType ${type}.`);
      return type === "LATEST" ? stream.end : stream.start;
    case "AT_SEQUENCE_NUMBER":
    case "AFTER_SEQUENCE_NUMBER": {
      const sequence = typeof text === "string" ? fromSequenceNumber(text) : undefined;
      if (sequence === undefined)
        throw invalid(`SequenceNumber must be one of this stream's records for ${type}.`);
      const first = type === "AT_SEQUENCE_NUMBER" ? sequence : sequence + 1;
      if (first < stream.start) throw trimmed();
      if (first > stream.end)
        throw invalid(`SequenceNumber ${String(text)} is past the end of the shard.`);
      return first;
    }
    default:
      throw invalid(
        "ShardIteratorType must be TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER.",
      );
  }
}

function streamOf(arn: unknown, { streams }: RegionTables): TableStream {
  const stream = typeof arn === "string" ? streams.find(arn) : undefined;
  if (!stream)
    throw new AwsError(
      "ResourceNotFoundException",
      `Requested resource not found: Stream: ${String(arn)} not found`,
    );
  return stream;
}

function checkShard(shardId: unknown, stream: TableStream): void {
  if (shardId !== stream.shardId)
    throw new AwsError(
      "ResourceNotFoundException",
      `Requested resource not found: Shard: ${String(shardId)} in Stream: ${stream.arn} not found`,
    );
}

/** Callers may name a table by its ARN. */
function nameOf(table: unknown): string | undefined {
  if (typeof table !== "string") return undefined;
  return table.startsWith("arn:") ? table.split("/")[1] : table;
}

function wholeNumber(input: Input, member: string, most: number): number {
  const value = input[member];
  if (value === undefined || value === null) return most;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > most)
    throw invalid(`${member} must be a whole number from 1 to ${String(most)}.`);
  return value;
}

function trimmed(): AwsError {
  return new AwsError(
    "TrimmedDataAccessException",
    "The operation attempted to read past the oldest stream record in a shard.",
  );
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
