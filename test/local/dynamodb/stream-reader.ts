import {
  type AttributeValue,
  DescribeTableCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type _Record as StreamRecord,
  type StreamViewType,
} from "@aws-sdk/client-dynamodb-streams";
import type { StartedDynamodb } from "./start-dynamodb.ts";

export const Key = { id: { S: "1" } };
export const item = (value: string): Record<string, AttributeValue> => ({
  ...Key,
  value: { S: value },
});

/** Shorthands for tables with streams, and what is in these. */
export function streamReader(
  started: () => { readonly cloud: StartedDynamodb; readonly streams: DynamoDBStreamsClient },
) {
  async function streamed(StreamViewType: StreamViewType = "NEW_AND_OLD_IMAGES") {
    const { TableName } = await started().cloud.table({
      StreamSpecification: { StreamEnabled: true, StreamViewType },
    });
    return { TableName, StreamArn: await latestStream(TableName) };
  }

  async function latestStream(TableName: string): Promise<string> {
    const { Table } = await started().cloud.client.send(new DescribeTableCommand({ TableName }));
    return Table?.LatestStreamArn ?? "";
  }

  async function iteratorOf(
    StreamArn: string,
    input: Partial<GetShardIteratorCommandInput> = {},
  ): Promise<string> {
    const { streams } = started();
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const { ShardIterator = "" } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId: StreamDescription?.Shards?.[0]?.ShardId,
        ShardIteratorType: "TRIM_HORIZON",
        ...input,
      }),
    );
    return ShardIterator;
  }

  async function recordsOf(
    StreamArn: string,
    input: Partial<GetShardIteratorCommandInput> = {},
  ): Promise<StreamRecord[]> {
    const ShardIterator = await iteratorOf(StreamArn, input);
    const { Records } = await started().streams.send(new GetRecordsCommand({ ShardIterator }));
    return Records ?? [];
  }

  const put = (TableName: string, Item: Record<string, AttributeValue>) =>
    started().cloud.client.send(new PutItemCommand({ TableName, Item }));

  return { streamed, latestStream, iteratorOf, recordsOf, put };
}
