import { AwsError } from "../../wire/aws-error.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { Bucket } from "./bucket.ts";
import { accessDenied, invalidArgument, noSuchKey } from "./errors.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { S3Context } from "./s3-operation.ts";

/**
 * The object that a call asks for. A caller who may not list the bucket is not told that a key is not
 * there. Source: S3 API reference, GetObject, "Permissions".
 *
 * @throws AwsError NoSuchKey (404) or AccessDenied (403), NoSuchVersion, MethodNotAllowed (405)
 */
export function findObject(
  { store, access }: Pick<S3Context, "store" | "access">,
  bucket: Bucket,
  { Key: key, VersionId }: { readonly Key: string; readonly VersionId?: string | undefined },
  call: AwsCall,
): ObjectVersion {
  if (VersionId !== undefined) {
    if (VersionId === "")
      throw invalidArgument("Version id cannot be the empty string", "versionId", "");
    const version = store.version(bucket, key, VersionId);
    if (version.isDeleteMarker)
      throw new AwsError(
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        405,
        { Method: call.request.method, ResourceType: "DeleteMarker" },
      );
    return version;
  }
  const newest = store.newest(bucket, key);
  if (newest && !newest.isDeleteMarker) return newest;
  if (!access.mayList(call, bucket)) throw accessDenied();
  throw noSuchKey(key);
}

/** The version id that answers show: none where the bucket has never had versions. */
export function shownVersion(bucket: Bucket, { versionId }: ObjectVersion): string | undefined {
  return bucket.versioning === undefined ? undefined : versionId;
}
