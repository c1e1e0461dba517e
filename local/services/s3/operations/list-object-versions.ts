import type { ListObjectVersionsRequest } from "@aws-sdk/client-s3";
import { ownerOf } from "../acl.ts";
import { invalidArgument } from "../errors.ts";
import { encoded, encoderOf, linesOf } from "../list-input.ts";
import { listPage } from "../list-page.ts";
import type { ObjectVersion } from "../object-version.ts";
import type { S3Operation } from "../s3-operation.ts";

/** Source: S3 API reference, ListObjectVersions: keys in order, the newest version of each first. */
export const listObjectVersions: S3Operation<ListObjectVersionsRequest & { Bucket: string }> = (
  input,
  { store, accountId },
) => {
  const bucket = store.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter, KeyMarker = "", VersionIdMarker } = input;
  if (VersionIdMarker !== undefined && KeyMarker === "")
    throw invalidArgument(
      "A version-id marker cannot be specified without a key marker.",
      "version-id-marker",
      VersionIdMarker,
    );
  const max = linesOf(input.MaxKeys);
  const encode = encoderOf(input.EncodingType);
  const versions: ObjectVersion[] = [];
  const prefixes: string[] = [];
  let next: { key: string; versionId?: string } | undefined;
  let isTruncated = false;

  const isFull = () => versions.length + prefixes.length >= max;
  const take = (list: readonly ObjectVersion[]): void => {
    for (const version of list) {
      if (isFull()) {
        isTruncated = true;
        return;
      }
      versions.push(version);
      next = { key: version.key, versionId: version.versionId };
    }
  };

  if (VersionIdMarker) take(behind(bucket.objects.get(KeyMarker) ?? [], VersionIdMarker));
  const page = listPage(store.keys(bucket), {
    ...{ prefix, delimiter: delimiter ?? "", after: KeyMarker },
    max: max + 1,
  });
  for (const line of page.lines) {
    if (isTruncated) break;
    if ("key" in line) take(bucket.objects.get(line.key) ?? []);
    else if (isFull()) isTruncated = true;
    else {
      prefixes.push(line.commonPrefix);
      next = { key: line.commonPrefix };
    }
  }
  isTruncated &&= max > 0;
  const Owner = ownerOf(accountId);
  const shown = versions.map((version) => ({
    isDeleteMarker: version.isDeleteMarker,
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: store.newest(bucket, version.key) === version,
    LastModified: version.lastModified,
    Owner,
    ...(!version.isDeleteMarker && {
      ETag: version.etag,
      Size: version.body.length,
      StorageClass: version.storageClass,
      ChecksumAlgorithm: version.checksum && [version.checksum.algorithm],
      ChecksumType: version.checksum?.type,
    }),
  }));
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(KeyMarker),
    VersionIdMarker: VersionIdMarker ?? "",
    Delimiter: encoded(encode, delimiter),
    MaxKeys: max,
    EncodingType: input.EncodingType,
    IsTruncated: isTruncated,
    NextKeyMarker: isTruncated ? encoded(encode, next?.key) : undefined,
    NextVersionIdMarker: isTruncated ? next?.versionId : undefined,
    Versions: shown.filter(({ isDeleteMarker }) => !isDeleteMarker),
    DeleteMarkers: shown.filter(({ isDeleteMarker }) => isDeleteMarker),
    CommonPrefixes: prefixes.map((each) => ({ Prefix: encode(each) })),
  };
};

/** The versions of a key behind one of them; none where that one is gone. */
function behind(versions: readonly ObjectVersion[], versionId: string): readonly ObjectVersion[] {
  const at = versions.findIndex((each) => each.versionId === versionId);
  return at < 0 ? [] : versions.slice(at + 1);
}
