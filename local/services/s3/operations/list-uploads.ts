import type { ListMultipartUploadsRequest, ListPartsRequest } from "@aws-sdk/client-s3";
import { ownerOf } from "../acl.ts";
import { encoded, encoderOf, linesOf } from "../list-input.ts";
import { type Line, listPage } from "../list-page.ts";
import type { Labelled, S3Operation } from "../s3-operation.ts";
import { sortKeys } from "../sort-keys.ts";
import type { Upload } from "../upload.ts";
import { uploadOf } from "./multipart-upload.ts";

/** Source: S3 API reference, ListParts. */
export const listParts: S3Operation<Labelled<ListPartsRequest>> = (input, { store, accountId }) => {
  const bucket = store.get(input.Bucket);
  const upload = uploadOf(bucket, input.Key, input.UploadId);
  const max = linesOf(input.MaxParts, "max-parts");
  const after = Number(input.PartNumberMarker ?? 0);
  const left = [...upload.parts.values()]
    .filter(({ number }) => number > after)
    .sort((one, other) => one.number - other.number);
  const shown = left.slice(0, max);
  const Owner = ownerOf(accountId);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? after),
    MaxParts: max,
    IsTruncated: left.length > shown.length,
    Initiator: Owner,
    Owner,
    StorageClass: upload.storageClass,
    ChecksumAlgorithm: upload.checksumAlgorithm,
    ChecksumType: upload.checksumAlgorithm && upload.checksumType,
    Parts: shown.map(({ number, body, etag, lastModified, checksum }) => ({
      PartNumber: number,
      LastModified: lastModified,
      ETag: etag,
      Size: body.length,
      [`Checksum${checksum.algorithm}`]: checksum.value,
    })),
  };
};

/** Source: S3 API reference, ListMultipartUploads: by key, and the earlier of a key first. */
export const listMultipartUploads: S3Operation<ListMultipartUploadsRequest & { Bucket: string }> = (
  input,
  { store, accountId },
) => {
  const bucket = store.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter, KeyMarker = "", UploadIdMarker } = input;
  const max = linesOf(input.MaxUploads, "max-uploads");
  const encode = encoderOf(input.EncodingType);
  const byKey = Map.groupBy(
    [...bucket.uploads.values()].filter(({ key }) => key.startsWith(prefix)),
    ({ key }) => key,
  );
  const ofMarker = byKey.get(KeyMarker) ?? [];
  const seen = ofMarker.findIndex(({ id }) => id === UploadIdMarker);
  const page = listPage(sortKeys([...byKey.keys()]), {
    ...{ prefix, delimiter: delimiter ?? "", after: KeyMarker, max: max + 1 },
  });
  const lines: (Upload | Line)[] = [
    ...(seen >= 0 ? ofMarker.slice(seen + 1) : []),
    ...page.lines.flatMap((line): (Upload | Line)[] =>
      "key" in line ? (byKey.get(line.key) ?? []) : [line],
    ),
  ];
  const shown = lines.slice(0, max);
  const isTruncated = lines.length > shown.length && max > 0;
  const last = shown.at(-1);
  const Owner = ownerOf(accountId);
  return {
    Bucket: bucket.name,
    KeyMarker: encode(KeyMarker),
    UploadIdMarker: UploadIdMarker ?? "",
    Prefix: encode(prefix),
    Delimiter: encoded(encode, delimiter),
    MaxUploads: max,
    EncodingType: input.EncodingType,
    IsTruncated: isTruncated,
    NextKeyMarker:
      isTruncated && last ? encode("key" in last ? last.key : last.commonPrefix) : undefined,
    NextUploadIdMarker: isTruncated && last && "id" in last ? last.id : undefined,
    Uploads: shown.flatMap((line) =>
      "id" in line
        ? [
            {
              UploadId: line.id,
              Key: encode(line.key),
              Initiated: line.initiatedAt,
              StorageClass: line.storageClass,
              Owner,
              Initiator: Owner,
              ChecksumAlgorithm: line.checksumAlgorithm,
              ChecksumType: line.checksumAlgorithm && line.checksumType,
            },
          ]
        : [],
    ),
    CommonPrefixes: shown.flatMap((line) =>
      "commonPrefix" in line ? [{ Prefix: encode(line.commonPrefix) }] : [],
    ),
  };
};
