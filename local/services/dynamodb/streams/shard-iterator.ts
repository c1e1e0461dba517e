import { AwsError } from "../../../wire/aws-error.ts";

/** An iterator is good for 15 minutes. Source: DynamoDB Streams API, GetShardIterator. */
const lifetimeMs = 15 * 60 * 1000;

/** Where in a shard the next record is read. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  readonly sequence: number;
}

/** An iterator as its text, which names its stream first, as AWS's do. */
export function writeShardIterator({ streamArn, shardId, sequence }: ShardIterator): string {
  const rest = JSON.stringify([shardId, sequence, Date.now()]);
  return `${streamArn}|1|${Buffer.from(rest).toString("base64")}`;
}

/** Throws a ValidationException for what is no iterator, an ExpiredIteratorException for an old one. */
export function readShardIterator(text: unknown): ShardIterator {
  const [streamArn = "", version, rest = ""] = typeof text === "string" ? text.split("|") : [];
  const [shardId, sequence, createdMs] = parse(rest);
  if (
    version !== "1" ||
    typeof shardId !== "string" ||
    !Number.isSafeInteger(sequence) ||
    !Number.isSafeInteger(createdMs)
  )
    throw new AwsError("ValidationException", "Invalid ShardIterator");
  if (Date.now() - Number(createdMs) > lifetimeMs)
    throw new AwsError(
      "ExpiredIteratorException",
      "The shard iterator has expired; get a new one with GetShardIterator.",
    );
  return { streamArn, shardId, sequence: Number(sequence) };
}

function parse(rest: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(rest, "base64").toString("utf8"));
    return Array.isArray(parts) ? (parts as unknown[]) : [];
  } catch {
    return [];
  }
}
