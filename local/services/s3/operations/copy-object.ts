import type { CopyObjectRequest } from "@aws-sdk/client-s3";
import { checkedChecksum, checksumMembers } from "../checksums.ts";
import { checkWriteConditions } from "../conditions.ts";
import { findSource } from "../copy-source.ts";
import { md5Hex } from "../digest.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { shownVersion } from "../find-object.ts";
import { checkEncryption, readSettings } from "../object-settings.ts";
import type { Labelled, S3Operation } from "../s3-operation.ts";

/** Source: S3 API reference, CopyObject. */
export const copyObject: S3Operation<Labelled<CopyObjectRequest>> = async (input, request) => {
  const { store, call } = request;
  const { Bucket: bucketName, Key: key } = input;
  store.get(bucketName);
  checkEncryption(input.ServerSideEncryption);
  const { object: from, source, versionId: fromVersion } = findSource(request, input, call);
  const replacesMetadata = isReplace("x-amz-metadata-directive", input.MetadataDirective);
  const replacesTags = isReplace("x-amz-tagging-directive", input.TaggingDirective);
  const isOntoItself =
    source.bucket === bucketName && source.key === key && source.versionId === undefined;
  if (isOntoItself && !replacesMetadata && !changesAnything(input))
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  const checksum = await checkedChecksum(from.body, {
    ...{ input: {}, trailers: {} },
    algorithm: input.ChecksumAlgorithm ?? from.checksum?.algorithm,
  });
  const etag = `"${await md5Hex(from.body)}"`;
  // From here on nobody else has a turn: what the conditions are about stays so.
  const bucket = store.get(bucketName);
  checkWriteConditions(key, store.newest(bucket, key), input);
  const settings = readSettings(
    { ...input, Tagging: replacesTags ? (input.Tagging ?? "") : undefined },
    bucket,
    key,
  );
  const object = store.put(bucket, {
    ...settings,
    headers: replacesMetadata
      ? settings.headers
      : {
          ...from.headers,
          // Neither is copied. Source: S3 API reference, CopyObject.
          WebsiteRedirectLocation: settings.headers.WebsiteRedirectLocation,
        },
    metadata: replacesMetadata ? settings.metadata : from.metadata,
    tags: replacesTags ? settings.tags : from.tags,
    ...{ key, body: from.body, etag, checksum, parts: undefined },
  });
  const versionId = shownVersion(bucket, object);
  request.changed(
    { event: "ObjectCreated:Copy", bucket, key, versionId, size: object.body.length, etag },
    call,
  );
  return {
    CopyObjectResult: {
      ETag: etag,
      LastModified: object.lastModified,
      ...checksumMembers(checksum),
    },
    CopySourceVersionId: fromVersion,
    VersionId: versionId,
    ServerSideEncryption: "AES256",
  };
};

function isReplace(name: string, directive: string | undefined): boolean {
  if (directive === undefined || directive === "COPY") return false;
  if (directive === "REPLACE") return true;
  throw invalidArgument(`Unknown ${name.split("-")[2] ?? ""} directive.`, name, directive);
}

function changesAnything(input: CopyObjectRequest): boolean {
  return [input.StorageClass, input.WebsiteRedirectLocation, input.ServerSideEncryption].some(
    (each) => each !== undefined,
  );
}
