import type { GetObjectRequest } from "@aws-sdk/client-s3";
import { AwsError } from "../../../wire/aws-error.ts";
import type { Bucket } from "../bucket.ts";
import { checksumMembers } from "../checksums.ts";
import { isNotModified } from "../conditions.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { findObject, shownVersion } from "../find-object.ts";
import type { ObjectVersion } from "../object-version.ts";
import { type ByteRange, readRange } from "../read-range.ts";
import { isAnonymous } from "../s3-access.ts";
import { type Labelled, type S3Operation, WithStatus } from "../s3-operation.ts";

/** Source: S3 API reference, GetObject and HeadObject, which differ in the body alone. */
export const getObject: S3Operation<Labelled<GetObjectRequest>> = (input, request) => {
  const bucket = request.store.get(input.Bucket);
  const object = findObject(request, bucket, input, request.call);
  const overrides = overridesOf(input);
  if (Object.keys(overrides).length > 0 && isAnonymous(request.call))
    throw invalidRequest(
      "Request specific response headers cannot be used for anonymous GET requests.",
    );
  if (isNotModified(object, input))
    return new WithStatus(304, { ...factsOf(bucket, object), ContentType: undefined });
  const range = rangeOf(object, input);
  const output = {
    ...object.headers,
    ...overrides,
    ...factsOf(bucket, object),
    Metadata: object.metadata,
    AcceptRanges: "bytes",
    ContentLength: object.body.length,
    ...(object.tags.size > 0 && { TagCount: object.tags.size }),
    ...(input.ChecksumMode?.toUpperCase() === "ENABLED" &&
      !range &&
      checksumMembers(object.checksum)),
    ...(input.PartNumber !== undefined && object.parts && { PartsCount: object.parts.length }),
  };
  if (!range) return { ...output, Body: object.body };
  const { start, end } = range;
  return new WithStatus(206, {
    ...output,
    Body: object.body.subarray(start, end),
    ContentLength: end - start,
    ContentRange: `bytes ${String(start)}-${String(end - 1)}/${String(object.body.length)}`,
  });
};

function factsOf(bucket: Bucket, object: ObjectVersion): Record<string, unknown> {
  const { storageClass, lastModified, etag } = object;
  return {
    ETag: etag,
    LastModified: lastModified,
    ServerSideEncryption: "AES256",
    VersionId: shownVersion(bucket, object),
    // STANDARD is what is not said.
    StorageClass: storageClass === "STANDARD" ? undefined : storageClass,
  };
}

function overridesOf(input: GetObjectRequest): Record<string, unknown> {
  const overrides = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: input.ResponseExpires,
  };
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}

function rangeOf(object: ObjectVersion, input: GetObjectRequest): ByteRange | undefined {
  const { PartNumber: number } = input;
  if (number === undefined) return readRange(input.Range, object.body.length);
  if (input.Range !== undefined)
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  if (number < 1 || number > 10_000)
    throw invalidArgument(
      "Part number must be an integer between 1 and 10000, inclusive",
      "partNumber",
      String(number),
    );
  const parts = object.parts ?? [{ number: 1, size: object.body.length }];
  const before = parts.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0);
  const part = parts[number - 1];
  if (!part)
    throw new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", 416, {
      PartNumberRequested: String(number),
      ActualPartCount: String(parts.length),
    });
  return part.size === 0 ? undefined : { start: before, end: before + part.size };
}
