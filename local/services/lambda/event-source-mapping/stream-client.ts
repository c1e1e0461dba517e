import type { ServiceCaller } from "../../../service-caller.ts";
import { readArn } from "../../../wire/arn.ts";

/** A record as GetRecords answers it, without the SDK's conversions. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly userIdentity?: { readonly PrincipalId: string; readonly Type: string };
  readonly dynamodb: {
    /** Seconds of the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
  };
}

export interface StreamPage {
  readonly Records: readonly StreamRecord[];
  /** Absent at the end of a stream that has ended. */
  readonly NextShardIterator?: string;
}

/** The calls to DynamoDB Streams that a mapping makes with its function's role. */
export class StreamClient {
  readonly #call: ServiceCaller;
  readonly #streamArn: string;
  readonly #caller: {
    readonly service: "dynamodb";
    readonly region: string;
    readonly roleArn: string;
  };
  #shardId: string | undefined;

  constructor(call: ServiceCaller, streamArn: string, roleArn: string) {
    this.#call = call;
    this.#streamArn = streamArn;
    this.#caller = { service: "dynamodb", region: readArn(streamArn).region, roleArn };
  }

  /** The one shard of the stream. */
  async shardId(signal?: AbortSignal): Promise<string> {
    if (this.#shardId !== undefined) return this.#shardId;
    const { StreamDescription } = (await this.#ask(
      "DescribeStream",
      { StreamArn: this.#streamArn },
      signal,
    )) as { StreamDescription: { Shards: { ShardId: string }[] } };
    return (this.#shardId = StreamDescription.Shards[0]?.ShardId ?? "");
  }

  /** An iterator behind a sequence number, or at the oldest record. */
  async iterator(after: string | undefined, signal?: AbortSignal): Promise<string> {
    const { ShardIterator } = (await this.#ask(
      "GetShardIterator",
      {
        StreamArn: this.#streamArn,
        ShardId: await this.shardId(signal),
        ...(after === undefined
          ? { ShardIteratorType: "TRIM_HORIZON" }
          : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after }),
      },
      signal,
    )) as { ShardIterator: string };
    return ShardIterator;
  }

  async records(ShardIterator: string, Limit: number, signal?: AbortSignal): Promise<StreamPage> {
    return (await this.#ask("GetRecords", { ShardIterator, Limit }, signal)) as StreamPage;
  }

  #ask(operation: string, input: object, signal: AbortSignal | undefined): Promise<object> {
    return this.#call({ ...this.#caller, operation, input, ...(signal && { signal }) });
  }
}
