import { createHash } from "node:crypto";
import type { StreamRecord } from "./stream-client.ts";

/** A record that waits for the function. */
export interface PendingRecord {
  readonly sequenceNumber: string;
  readonly createdMs: number;
  readonly partition: string;
  /** In the form of Lambda's event, in JSON. */
  readonly text: string;
}

/** Bytes of an event. Source: Lambda quotas, synchronous invocation payload. */
const mostBytes = 6_000_000;

export function pendingRecord({ dynamodb }: StreamRecord, event: object): PendingRecord {
  return {
    sequenceNumber: dynamodb.SequenceNumber,
    createdMs: dynamodb.ApproximateCreationDateTime * 1000,
    // The partition key comes first.
    partition: JSON.stringify(Object.entries(dynamodb.Keys)[0]),
    text: JSON.stringify(event),
  };
}

/** Batches of at most so many records, and of what fits into one event. */
export function toBatches(records: readonly PendingRecord[], size: number): PendingRecord[][] {
  const batches: PendingRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const batch = batches.at(-1);
    bytes += record.text.length;
    if (batch && batch.length < size && bytes <= mostBytes) batch.push(record);
    else {
      batches.push([record]);
      bytes = record.text.length;
    }
  }
  return batches;
}

/** Records in so many lanes at most; those of one partition key stay in one, in their order. */
export function toLanes(records: readonly PendingRecord[], lanes: number): PendingRecord[][] {
  const byLane = new Map<number, PendingRecord[]>();
  for (const record of records) {
    const lane = lanes === 1 ? 0 : hash(record.partition) % lanes;
    byLane.set(lane, [...(byLane.get(lane) ?? []), record]);
  }
  return [...byLane.values()];
}

function hash(text: string): number {
  return createHash("md5").update(text).digest().readUInt32BE(0);
}
