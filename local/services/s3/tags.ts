import { AwsError } from "../../wire/aws-error.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const maxObjectTags = 10;
const maxBucketTags = 50;

/** Source: S3 User Guide, "Categorizing your objects using tags". */
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags of a header `x-amz-tagging`, such as `a=1&b=2`. @throws AwsError InvalidTag, BadRequest */
export function readTagQuery(text: string): ReadonlyMap<string, string> {
  const pairs = [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }));
  return readTags(pairs, maxObjectTags);
}

export function readObjectTags(tags: readonly Tag[] | undefined): ReadonlyMap<string, string> {
  return readTags(tags ?? [], maxObjectTags);
}

export function readBucketTags(tags: readonly Tag[] | undefined): ReadonlyMap<string, string> {
  return readTags(tags ?? [], maxBucketTags);
}

function readTags(tags: readonly Tag[], most: number): ReadonlyMap<string, string> {
  if (tags.length > most)
    throw new AwsError("BadRequest", `Object tags cannot be greater than ${String(most)}`);
  const read = new Map<string, string>();
  for (const { Key = "", Value = "" } of tags) {
    if (Key === "" || Key.length > 128 || !allowed.test(Key) || Key.startsWith("aws:"))
      throw new AwsError("InvalidTag", "The TagKey you have provided is invalid");
    if (Value.length > 256 || !allowed.test(Value))
      throw new AwsError("InvalidTag", "The TagValue you have provided is invalid");
    if (read.has(Key))
      throw new AwsError("InvalidTag", "Cannot provide multiple Tags with the same key");
    read.set(Key, Value);
  }
  return read;
}

export function tagSet(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
