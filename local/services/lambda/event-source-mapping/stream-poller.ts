import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../../log.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { LambdaResult } from "../lambda-invoker.ts";
import { BackOff } from "./back-off.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import type { GivenUpRecords } from "./give-up-records.ts";
import { type PendingRecord, pendingRecord, toBatches, toLanes } from "./stream-batches.ts";
import type { StreamClient, StreamPage } from "./stream-client.ts";
import { deliverBatch } from "./stream-delivery.ts";
import { toEventRecord } from "./stream-event.ts";

export interface StreamPollerArgs {
  readonly mapping: EventSourceMapping;
  readonly stream: StreamClient;
  invoke(payload: string, signal: AbortSignal): Promise<LambdaResult>;
  recordAge(ageMs: number): void;
  /** Tells the destination of records that were given up. */
  tell(records: GivenUpRecords, signal: AbortSignal): Promise<void>;
  readonly log: Log;
}

/** Lambda asks a shard four times a second. Source: Lambda Developer Guide, DynamoDB polling. */
const pollIntervalMs = 250;
/** Most records of one GetRecords call. Source: DynamoDB Streams API. */
const mostPerCall = 1000;
/** Errors of a destination that will be the same next time. */
const lastingError = /AccessDenied|AuthorizationError|NonExistent|DoesNotExist|NotFound/;

/** Feeds a stream to a function, in order, until it is closed. What fails holds up what follows. */
export class StreamPoller {
  readonly #args: StreamPollerArgs;
  readonly #stop = new AbortController();
  readonly #backOff: BackOff;
  readonly #loop: Promise<void>;
  #iterator: string | undefined;
  /** Sequence number of the last record that was read; what is read is not yet done. */
  #readTo: string | undefined;
  #hasEnded = false;

  constructor(args: StreamPollerArgs) {
    this.#args = args;
    this.#backOff = new BackOff(args.log, args.mapping.sourceArn);
    this.#readTo = args.mapping.position;
    this.#loop = this.#run();
  }

  /** Stops polling; a batch that is under way is delivered again by the next poller. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const { mapping } = this.#args;
    while (!signal.aborted) {
      const records = await this.#collect(signal);
      if (records.length > 0) await this.#deliver(records, signal);
      // What no filter let through is done as well.
      if (!signal.aborted) mapping.position = this.#readTo;
    }
  }

  /** Reads until there is a whole batch, or the batching window is over. */
  async #collect(signal: AbortSignal): Promise<PendingRecord[]> {
    const { batchSize, batchingWindowSeconds, stream } = this.#args.mapping.settings;
    const wanted = batchSize * (stream?.parallelizationFactor ?? 1);
    const records: PendingRecord[] = [];
    let endsMs = Infinity;
    while (!signal.aborted) {
      const page = await this.#read(Math.min(wanted - records.length, mostPerCall), signal);
      records.push(...this.#matching(page));
      if (records.length > 0 && endsMs === Infinity)
        endsMs = performance.now() + batchingWindowSeconds * 1000;
      const leftMs = endsMs - performance.now();
      if (records.length >= wanted || leftMs <= 0) break;
      if (page.Records.length > 0) {
        if (records.length === 0) break;
        continue;
      }
      await delay(Math.min(pollIntervalMs, leftMs), undefined, { signal }).catch(() => undefined);
      if (records.length === 0) break;
    }
    return records;
  }

  async #read(limit: number, signal: AbortSignal): Promise<StreamPage> {
    const { stream } = this.#args;
    const nothing = { Records: [] };
    if (this.#hasEnded) return nothing;
    const page = await this.#backOff.attempt(
      "read",
      async () => {
        this.#iterator ??= await stream.iterator(this.#readTo, signal);
        return stream.records(this.#iterator, limit, signal);
      },
      signal,
      (error) => {
        this.#recover(error);
      },
    );
    if (!page) return nothing;
    this.#iterator = page.NextShardIterator;
    this.#hasEnded = page.NextShardIterator === undefined;
    this.#readTo = page.Records.at(-1)?.dynamodb.SequenceNumber ?? this.#readTo;
    return page;
  }

  #recover(error: unknown): void {
    const { mapping, log } = this.#args;
    const code = error instanceof AwsError ? error.code : "";
    mapping.lastResult = `PROBLEM: Cannot read the stream: ${code}`;
    if (code === "ExpiredIteratorException") this.#iterator = undefined;
    if (code !== "TrimmedDataAccessException") return;
    log({ event: "stream-records-missed", source: mapping.sourceArn, after: this.#readTo });
    this.#iterator = undefined;
    this.#readTo = undefined;
  }

  #matching({ Records }: StreamPage): PendingRecord[] {
    const { settings, sourceArn } = this.#args.mapping;
    const filters = settings.stream?.filters ?? [];
    return Records.flatMap((record) => {
      const event = toEventRecord(record, sourceArn);
      const passes = filters.length === 0 || filters.some(({ matches }) => matches(event));
      return passes ? [pendingRecord(record, event)] : [];
    });
  }

  async #deliver(records: readonly PendingRecord[], signal: AbortSignal): Promise<void> {
    const { mapping, invoke, recordAge } = this.#args;
    const { batchSize, stream } = mapping.settings;
    const lanes = toLanes(records, stream?.parallelizationFactor ?? 1);
    const finished = new Set<string>();
    let next = 0;
    await Promise.all(
      lanes.map(async (lane) => {
        for (const batch of toBatches(lane, batchSize)) {
          if (signal.aborted) return;
          await deliverBatch(batch, {
            ...{ mapping, signal, recordAge, invoke, backOff: this.#backOff },
            giveUp: (given) => this.#giveUp(given, signal),
            finished(done) {
              for (const { sequenceNumber } of done) finished.add(sequenceNumber);
              for (; finished.has(records[next]?.sequenceNumber ?? ""); next++)
                mapping.position = records[next]?.sequenceNumber;
            },
          });
        }
      }),
    );
  }

  /** Tells the destination, until it has been told or cannot be. */
  async #giveUp(given: Omit<GivenUpRecords, "shardId">, signal: AbortSignal): Promise<void> {
    const { mapping, stream, tell, log } = this.#args;
    log({
      event: "stream-records-given-up",
      source: mapping.sourceArn,
      condition: given.condition,
      records: given.records.length,
      from: given.records[0]?.sequenceNumber,
    });
    if (mapping.settings.stream?.onFailureArn === undefined) return;
    let isOver = false;
    while (!isOver && !signal.aborted)
      await this.#backOff.attempt(
        "tell the destination",
        async () => {
          await tell({ ...given, shardId: await stream.shardId(signal) }, signal);
          isOver = true;
        },
        signal,
        (error) => {
          isOver = error instanceof AwsError && lastingError.test(error.code);
        },
      );
  }
}
