import type { ListObjectsRequest, ListObjectsV2Request } from "@aws-sdk/client-s3";
import { ownerOf } from "../acl.ts";
import type { Bucket } from "../bucket.ts";
import { invalidArgument } from "../errors.ts";
import { encoded, encoderOf, linesOf } from "../list-input.ts";
import { type ListPage, listPage } from "../list-page.ts";
import type { S3Operation, S3Request } from "../s3-operation.ts";

/** Source: S3 API reference, ListObjectsV2. */
export const listObjectsV2: S3Operation<ListObjectsV2Request & { Bucket: string }> = (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter, ContinuationToken } = input;
  const after =
    ContinuationToken === undefined ? (input.StartAfter ?? "") : readToken(ContinuationToken);
  const max = linesOf(input.MaxKeys);
  const encode = encoderOf(input.EncodingType);
  const keys = currentKeys(bucket, request);
  const page = listPage(keys, { prefix, delimiter: delimiter ?? "", after, max });
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: encoded(encode, delimiter),
    MaxKeys: max,
    EncodingType: input.EncodingType,
    KeyCount: page.lines.length,
    IsTruncated: page.isTruncated,
    ContinuationToken,
    NextContinuationToken: page.isTruncated ? writeToken(page.last ?? "") : undefined,
    StartAfter: encoded(encode, input.StartAfter),
    ...contentsOf(page, bucket, encode, input.FetchOwner === true, request),
  };
};

/** Source: S3 API reference, ListObjects. */
export const listObjects: S3Operation<ListObjectsRequest & { Bucket: string }> = (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter, Marker: after = "" } = input;
  const max = linesOf(input.MaxKeys);
  const encode = encoderOf(input.EncodingType);
  const keys = currentKeys(bucket, request);
  const page = listPage(keys, { prefix, delimiter: delimiter ?? "", after, max });
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    Marker: encode(after),
    Delimiter: encoded(encode, delimiter),
    MaxKeys: max,
    EncodingType: input.EncodingType,
    IsTruncated: page.isTruncated,
    // Without a delimiter the next marker is the last key. Source: S3 API reference, ListObjects.
    NextMarker:
      page.isTruncated && delimiter !== undefined ? encoded(encode, page.last) : undefined,
    ...contentsOf(page, bucket, encode, true, request),
  };
};

/** The keys whose newest version is no delete marker. */
function currentKeys(bucket: Bucket, { store }: S3Request): readonly string[] {
  const keys = store.keys(bucket);
  if (bucket.versioning === undefined) return keys;
  return keys.filter((key) => store.newest(bucket, key)?.isDeleteMarker === false);
}

function contentsOf(
  { lines }: ListPage,
  bucket: Bucket,
  encode: (text: string) => string,
  withOwner: boolean,
  { store, accountId }: S3Request,
): object {
  const Owner = withOwner ? ownerOf(accountId) : undefined;
  return {
    Contents: lines.flatMap((line) => {
      const object = "key" in line ? store.newest(bucket, line.key) : undefined;
      if (!object) return [];
      return {
        Key: encode(object.key),
        LastModified: object.lastModified,
        ETag: object.etag,
        ChecksumAlgorithm: object.checksum && [object.checksum.algorithm],
        ChecksumType: object.checksum?.type,
        Size: object.body.length,
        StorageClass: object.storageClass,
        Owner,
      };
    }),
    CommonPrefixes: lines.flatMap((line) =>
      "commonPrefix" in line ? [{ Prefix: encode(line.commonPrefix) }] : [],
    ),
  };
}

function writeToken(last: string): string {
  return Buffer.from(`1 ${last}`).toString("base64");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64").toString("utf8");
  if (text.startsWith("1 ")) return text.slice(2);
  throw invalidArgument(
    "The continuation token provided is incorrect",
    "continuation-token",
    token,
  );
}
