import type { DeleteObjectRequest, DeleteObjectsRequest } from "@aws-sdk/client-s3";
import { AwsError } from "../../../wire/aws-error.ts";
import type { Bucket } from "../bucket.ts";
import type { Removal } from "../bucket-store.ts";
import { checkWriteConditions } from "../conditions.ts";
import { malformedXml } from "../errors.ts";
import type { Labelled, S3Operation, S3Request } from "../s3-operation.ts";

const maxKeys = 1000;

/** Source: S3 API reference, DeleteObject. */
export const deleteObject: S3Operation<Labelled<DeleteObjectRequest>> = (input, request) => {
  const bucket = request.store.get(input.Bucket);
  const { Key: key, VersionId, IfMatch } = input;
  checkWriteConditions(key, request.store.newest(bucket, key), { IfMatch });
  const removal = remove(bucket, key, VersionId, request);
  return {
    VersionId: removal.versionId,
    ...(removal.isDeleteMarker && { DeleteMarker: true }),
  };
};

/** Source: S3 API reference, DeleteObjects: each key is handled separately. */
export const deleteObjects: S3Operation<DeleteObjectsRequest & { Bucket: string }> = (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const { Objects = [], Quiet = false } = input.Delete ?? {};
  if (Objects.length === 0 || Objects.length > maxKeys) throw malformedXml();
  const Deleted: object[] = [];
  const Errors: object[] = [];
  for (const { Key: key = "", VersionId, ETag } of Objects) {
    try {
      if (key === "")
        throw new AwsError("UserKeyMustBeSpecified", "The specified key must not be empty.");
      const operation = VersionId === undefined ? "DeleteObject" : "DeleteObjectVersion";
      request.access.checkKey(request.call, operation, bucket, key, VersionId);
      checkWriteConditions(key, request.store.newest(bucket, key), { IfMatch: ETag });
      const removal = remove(bucket, key, VersionId, request);
      Deleted.push({
        Key: key,
        VersionId,
        ...(removal.isDeleteMarker && {
          DeleteMarker: true,
          DeleteMarkerVersionId: removal.versionId,
        }),
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Errors.push({ Key: key, VersionId, Code: error.code, Message: error.message });
    }
  }
  return { Deleted: Quiet ? [] : Deleted, Errors };
};

/** Removes a key or version and tells of it; what was not there is no failure, and not told. */
function remove(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  { store, call, changed }: S3Request,
): Removal {
  const removal = store.delete(bucket, key, versionId);
  if (removal.change === "none") return removal;
  const event =
    removal.change === "marker-created"
      ? "ObjectRemoved:DeleteMarkerCreated"
      : "ObjectRemoved:Delete";
  changed({ event, bucket, key, versionId: removal.versionId }, call);
  return removal;
}
