import { readArn } from "../../../wire/arn.ts";
import type { RegionStreams } from "./region-streams.ts";
import { fromSequenceNumber, toSequenceNumber } from "./table-stream.ts";

/** What a reader of a stream has still before it. */
export interface StreamBacklog {
  readonly records: number;
  /** When the oldest of them was written, in milliseconds of the epoch. */
  readonly oldestMs: number | undefined;
}

/**
 * How far readers of streams are, for Lambda and for whoever watches it. Nothing of this is a call:
 * what a reader reads, it reads through the API.
 */
export interface StreamBacklogs {
  /** The sequence number of the newest record, `undefined` where a stream has never had one. */
  newestOf(streamArn: string): string | undefined;
  /** What comes after a sequence number; all that is kept without one. */
  after(streamArn: string, sequenceNumber: string | undefined): StreamBacklog;
}

export function createStreamBacklogs(
  streamsOf: (region: string) => RegionStreams | undefined,
): StreamBacklogs {
  const find = (arn: string) => streamsOf(readArn(arn).region)?.find(arn);
  return {
    newestOf(streamArn) {
      const end = find(streamArn)?.end ?? 1;
      return end > 1 ? toSequenceNumber(end - 1) : undefined;
    },
    after(streamArn, sequenceNumber) {
      const last = sequenceNumber === undefined ? 0 : (fromSequenceNumber(sequenceNumber) ?? 0);
      return find(streamArn)?.countFrom(last + 1) ?? { records: 0, oldestMs: undefined };
    },
  };
}
