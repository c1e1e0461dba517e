import { randomUUID } from "node:crypto";
import { databases, type Item } from "../dynalite-parts.ts";
import { sameItem } from "./same-item.ts";

export const streamViewTypes = [
  "KEYS_ONLY",
  "NEW_IMAGE",
  "OLD_IMAGE",
  "NEW_AND_OLD_IMAGES",
] as const;
export type StreamViewType = (typeof streamViewTypes)[number];

/** Records are kept for 24 hours. Source: DynamoDB Developer Guide, "Change data capture". */
const retentionMs = 24 * 60 * 60 * 1000;
/** Bytes of JSON that a stream keeps, so that a cloud that runs for days does not fill the memory. */
const mostBytes = 64 * 1024 * 1024;

/** A change of an item. */
export interface ItemChange {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Whether the item's time to live has deleted it. */
  readonly isExpiry: boolean;
}

/** One record, written when the change happened. */
export interface StreamRecord {
  readonly sequence: number;
  readonly createdMs: number;
  /** As GetRecords answers it, in JSON. */
  readonly text: string;
}

export interface TableStreamArgs {
  readonly tableName: string;
  readonly tableArn: string;
  readonly region: string;
  readonly keys: readonly string[];
  readonly viewType: StreamViewType;
  readonly createdMs: number;
  /** Told how many records were dropped before their 24 hours were over. */
  onDropped(stream: TableStream, records: number): void;
}

/** The changes of one table's items in the order in which they happened, in one shard. */
export class TableStream {
  readonly args: TableStreamArgs;
  readonly label: string;
  readonly arn: string;
  readonly shardId: string;
  #records: StreamRecord[] = [];
  #bytes = 0;
  #next = 1;
  #endedMs: number | undefined;

  constructor(args: TableStreamArgs) {
    this.args = args;
    this.label = new Date(args.createdMs).toISOString().replace("Z", "");
    this.arn = `${args.tableArn}/stream/${this.label}`;
    const suffix = randomUUID().slice(0, 8);
    this.shardId = `shardId-${String(args.createdMs).padStart(20, "0")}-${suffix}`;
  }

  /** Whether it still takes changes. */
  get isEnabled(): boolean {
    return this.#endedMs === undefined;
  }

  /** Whether it has ended, and all its records with it. */
  get isOver(): boolean {
    return this.#endedMs !== undefined && Date.now() - this.#endedMs > retentionMs;
  }

  /** Sequence of the next record. */
  get end(): number {
    return this.#next;
  }

  /** Sequence of the oldest record that is kept, or else of the next one. */
  get start(): number {
    this.#trim();
    return this.#records[0]?.sequence ?? this.#next;
  }

  /** Ends it: it can be read for another 24 hours. */
  disable(): void {
    this.#endedMs ??= Date.now();
  }

  /** Adds the record of a change; none where nothing has changed. */
  append({ before, after, isExpiry }: ItemChange): void {
    if (!this.isEnabled || (!before && !after)) return;
    if (before && after && sameItem(before, after)) return;
    const { keys, viewType, region } = this.args;
    const source = after ?? before ?? {};
    const Keys = Object.fromEntries(keys.map((key) => [key, source[key]])) as Item;
    const shown = {
      Keys,
      ...(after && /^NEW/.test(viewType) && { NewImage: after }),
      ...(before && /OLD/.test(viewType) && { OldImage: before }),
    };
    const sequence = this.#next++;
    const createdMs = Date.now();
    const text = JSON.stringify({
      eventID: randomUUID().replaceAll("-", ""),
      eventName: before ? (after ? "MODIFY" : "REMOVE") : "INSERT",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(createdMs / 1000),
        ...shown,
        SequenceNumber: toSequenceNumber(sequence),
        SizeBytes: Object.values(shown).reduce((sum, item) => sum + databases.itemSize(item), 0),
        StreamViewType: viewType,
      },
      ...(isExpiry && { userIdentity: { PrincipalId: "dynamodb.amazonaws.com", Type: "Service" } }),
    });
    this.#records.push({ sequence, createdMs, text });
    this.#bytes += text.length;
    this.#trim();
  }

  /** Records from a sequence on, at most so many and of so many bytes, but always one. */
  read(from: number, limit: number, bytes: number): StreamRecord[] {
    const first = Math.max(0, from - this.start);
    const found: StreamRecord[] = [];
    let size = 0;
    for (const record of this.#records.slice(first, first + limit)) {
      size += record.text.length;
      if (found.length > 0 && size > bytes) break;
      found.push(record);
    }
    return found;
  }

  /** How many records there are from a sequence on, and when the oldest of them was written. */
  countFrom(from: number): { readonly records: number; readonly oldestMs: number | undefined } {
    const first = Math.max(0, from - this.start);
    return {
      records: Math.max(0, this.#records.length - first),
      oldestMs: this.#records[first]?.createdMs,
    };
  }

  #trim(): void {
    const oldestMs = Date.now() - retentionMs;
    let gone = 0;
    let dropped = 0;
    for (const { createdMs, text } of this.#records) {
      const isExpired = createdMs < oldestMs;
      if (!isExpired && this.#bytes <= mostBytes) break;
      if (!isExpired) dropped += 1;
      gone += 1;
      this.#bytes -= text.length;
    }
    if (gone > 0) this.#records = this.#records.slice(gone);
    if (dropped > 0) this.args.onDropped(this, dropped);
  }
}

/** Sequence numbers have 21 digits or more. Source: DynamoDB Streams API, StreamRecord. */
const firstSequenceNumber = 10n ** 20n;

export function toSequenceNumber(sequence: number): string {
  return String(firstSequenceNumber + BigInt(sequence));
}

/** Inverse of `toSequenceNumber`; `undefined` for a text that no stream here has answered. */
export function fromSequenceNumber(text: string): number | undefined {
  return /^1\d{20}$/.test(text) ? Number(BigInt(text) - firstSequenceNumber) : undefined;
}
