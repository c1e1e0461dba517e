import type { AwsCall } from "../../wire/aws-call.ts";
import { isNotModified } from "./conditions.ts";
import { invalidArgument, notServed, preconditionFailed } from "./errors.ts";
import { findObject, shownVersion } from "./find-object.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { S3Context } from "./s3-operation.ts";

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

interface SourceInput {
  readonly CopySource?: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

/**
 * What a header `x-amz-copy-source` names: `bucket/key` or `/bucket/key`, percent-encoded, with
 * `?versionId=…` behind it. @throws AwsError InvalidArgument; NotImplemented for an access point
 */
export function readCopySource(text: string): CopySource {
  const [path = "", version] = text.split("?versionId=", 2);
  if (/^\/?arn(:|%3A)/i.test(path)) throw notServed("A CopySource of an access point");
  let decoded: string;
  try {
    decoded = decodeURIComponent(path.replace(/^\//, ""));
  } catch {
    throw invalidSource(text);
  }
  const slash = decoded.indexOf("/");
  if (slash <= 0 || slash === decoded.length - 1) throw invalidSource(text);
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1), versionId: version };
}

function invalidSource(text: string) {
  return invalidArgument("Invalid copy source object key", "x-amz-copy-source", text);
}

/** The object that is copied, once the conditions on it hold. @throws AwsError */
export function findSource(
  context: Pick<S3Context, "store" | "access">,
  input: SourceInput,
  call: AwsCall,
): { object: ObjectVersion; source: CopySource; versionId: string | undefined } {
  const source = readCopySource(input.CopySource ?? "");
  const bucket = context.store.get(source.bucket);
  const wanted = { Key: source.key, VersionId: source.versionId };
  const object = findObject(context, bucket, wanted, call);
  const isSame = isNotModified(object, {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
  if (isSame) throw preconditionFailed("x-amz-copy-source-If-None-Match");
  return { object, source, versionId: shownVersion(bucket, object) };
}
