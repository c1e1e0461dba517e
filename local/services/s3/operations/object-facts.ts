import type {
  DeleteObjectTaggingRequest,
  GetObjectAclRequest,
  GetObjectAttributesRequest,
  GetObjectTaggingRequest,
  PutObjectAclRequest,
  PutObjectTaggingRequest,
} from "@aws-sdk/client-s3";
import { aclOf } from "../acl.ts";
import { checksumMembers } from "../checksums.ts";
import { invalidArgument, malformedXml } from "../errors.ts";
import { findObject, shownVersion } from "../find-object.ts";
import type { ObjectPart } from "../object-version.ts";
import { readAcl } from "../object-settings.ts";
import type { Labelled, S3Operation } from "../s3-operation.ts";
import { readObjectTags, tagSet } from "../tags.ts";

/** Source: S3 API reference, GetObjectTagging. */
export const getObjectTagging: S3Operation<Labelled<GetObjectTaggingRequest>> = (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const object = findObject(request, bucket, input, request.call);
  return { TagSet: tagSet(object.tags), VersionId: shownVersion(bucket, object) };
};

export const putObjectTagging: S3Operation<Labelled<PutObjectTaggingRequest>> = (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const object = findObject(request, bucket, input, request.call);
  if (!input.Tagging) throw malformedXml();
  object.tags = readObjectTags(input.Tagging.TagSet);
  const versionId = shownVersion(bucket, object);
  request.changed(
    { event: "ObjectTagging:Put", bucket, key: object.key, versionId, etag: object.etag },
    request.call,
  );
  return { VersionId: versionId };
};

export const deleteObjectTagging: S3Operation<Labelled<DeleteObjectTaggingRequest>> = (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const object = findObject(request, bucket, input, request.call);
  object.tags = new Map();
  const versionId = shownVersion(bucket, object);
  request.changed(
    { event: "ObjectTagging:Delete", bucket, key: object.key, versionId, etag: object.etag },
    request.call,
  );
  return { VersionId: versionId };
};

export const getObjectAcl: S3Operation<Labelled<GetObjectAclRequest>> = (input, request) => {
  const bucket = request.store.get(input.Bucket);
  return aclOf(findObject(request, bucket, input, request.call).acl, request.accountId);
};

export const putObjectAcl: S3Operation<Labelled<PutObjectAclRequest>> = (input, request) => {
  const bucket = request.store.get(input.Bucket);
  const object = findObject(request, bucket, input, request.call);
  object.acl = readAcl(input.ACL, bucket);
  const versionId = shownVersion(bucket, object);
  request.changed(
    { event: "ObjectAcl:Put", bucket, key: object.key, versionId, etag: object.etag },
    request.call,
  );
  return {};
};

const attributes = new Set(["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]);
const maxPartsListed = 1000;

/** Source: S3 API reference, GetObjectAttributes. */
export const getObjectAttributes: S3Operation<Labelled<GetObjectAttributesRequest>> = (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const object = findObject(request, bucket, input, request.call);
  const wanted = new Set<string>(input.ObjectAttributes ?? []);
  const unknown = [...wanted].find((each) => !attributes.has(each));
  if (wanted.size === 0 || unknown !== undefined)
    throw invalidArgument(
      "Invalid attribute name specified.",
      "x-amz-object-attributes",
      unknown ?? "",
    );
  return {
    LastModified: object.lastModified,
    VersionId: shownVersion(bucket, object),
    ...(wanted.has("ETag") && { ETag: object.etag.slice(1, -1) }),
    ...(wanted.has("Checksum") && { Checksum: checksumMembers(object.checksum) }),
    ...(wanted.has("ObjectParts") && object.parts && { ObjectParts: partsOf(object.parts, input) }),
    ...(wanted.has("StorageClass") && { StorageClass: object.storageClass }),
    ...(wanted.has("ObjectSize") && { ObjectSize: object.body.length }),
  };
};

function partsOf(parts: readonly ObjectPart[], input: GetObjectAttributesRequest): object {
  const MaxParts = Math.min(input.MaxParts ?? maxPartsListed, maxPartsListed);
  const after = Number(input.PartNumberMarker ?? 0);
  const left = parts.filter(({ number }) => number > after);
  const shown = left.slice(0, MaxParts);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? after),
    MaxParts,
    IsTruncated: left.length > shown.length,
    Parts: shown.map(({ number, size, checksum }) => ({
      PartNumber: number,
      Size: size,
      [`Checksum${checksum.algorithm}`]: checksum.value,
    })),
  };
}
