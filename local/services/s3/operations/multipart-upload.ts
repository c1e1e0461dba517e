import { randomBytes } from "node:crypto";
import type {
  AbortMultipartUploadRequest,
  CreateMultipartUploadRequest,
  UploadPartCopyRequest,
  UploadPartRequest,
} from "@aws-sdk/client-s3";
import type { Bucket } from "../bucket.ts";
import { type Checksum, checkedChecksum, isChecksumAlgorithm } from "../checksums.ts";
import { md5Hex } from "../digest.ts";
import { findSource } from "../copy-source.ts";
import { invalidArgument, invalidRequest, noSuchUpload } from "../errors.ts";
import { checkEncryption, readSettings } from "../object-settings.ts";
import { readRange } from "../read-range.ts";
import type { Labelled, S3Operation, S3Request, WithBody } from "../s3-operation.ts";
import type { Upload, UploadedPart } from "../upload.ts";

/** Source: S3 API reference, CreateMultipartUpload. */
export const createMultipartUpload: S3Operation<Labelled<CreateMultipartUploadRequest>> = (
  input,
  { store },
) => {
  const bucket = store.get(input.Bucket);
  checkEncryption(input.ServerSideEncryption);
  const settings = readSettings(input, bucket, input.Key);
  const checksumAlgorithm = readAlgorithm(input.ChecksumAlgorithm);
  const upload: Upload = {
    ...settings,
    ...{ id: randomBytes(48).toString("base64url"), key: input.Key, initiatedAt: new Date() },
    checksumAlgorithm,
    checksumType: readType(input.ChecksumType, checksumAlgorithm),
    parts: new Map(),
  };
  bucket.uploads.set(upload.id, upload);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    ServerSideEncryption: "AES256",
    ...(checksumAlgorithm && {
      ChecksumAlgorithm: checksumAlgorithm,
      ChecksumType: upload.checksumType,
    }),
  };
};

function readAlgorithm(name: string | undefined) {
  if (name === undefined || isChecksumAlgorithm(name)) return name;
  throw invalidRequest(
    `The checksum algorithm ${name} is not supported here; use CRC32, CRC32C, CRC64NVME, SHA1 or SHA256.`,
  );
}

/** Source: S3 User Guide, "Checking object integrity", the table of types. */
function readType(
  type: string | undefined,
  algorithm: string | undefined,
): "FULL_OBJECT" | "COMPOSITE" {
  const canBeWhole = algorithm === undefined || algorithm.startsWith("CRC");
  const canBeComposite = algorithm !== undefined && algorithm !== "CRC64NVME";
  if (type === undefined) return canBeComposite ? "COMPOSITE" : "FULL_OBJECT";
  if (type === "FULL_OBJECT" ? canBeWhole : type === "COMPOSITE" && canBeComposite)
    return type as "FULL_OBJECT" | "COMPOSITE";
  throw invalidRequest(
    `The ${type} checksum type cannot be used with the ${algorithm ?? "default"} checksum algorithm.`,
  );
}

/** Source: S3 API reference, UploadPart. */
export const uploadPart: S3Operation<Labelled<WithBody<UploadPartRequest>>> = async (
  input,
  request,
) => {
  const { store, trailers } = request;
  const bucket = store.get(input.Bucket);
  const upload = uploadOf(bucket, input.Key, input.UploadId);
  const body = input.Body ?? Buffer.alloc(0);
  const checksum = await checkedChecksum(body, {
    ...{ input, trailers, algorithm: upload.checksumAlgorithm ?? input.ChecksumAlgorithm },
  });
  if (upload.checksumAlgorithm !== undefined && checksum.algorithm !== upload.checksumAlgorithm)
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksumAlgorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`,
    );
  const number = readNumber(input.PartNumber);
  const part = addPart(
    { bucket, upload, number, body, checksum, md5: await md5Hex(body) },
    request,
  );
  return {
    ETag: part.etag,
    [`Checksum${checksum.algorithm}`]: checksum.value,
    ServerSideEncryption: "AES256",
  };
};

/** Source: S3 API reference, UploadPartCopy. */
export const uploadPartCopy: S3Operation<Labelled<UploadPartCopyRequest>> = async (
  input,
  request,
) => {
  const bucket = request.store.get(input.Bucket);
  const upload = uploadOf(bucket, input.Key, input.UploadId);
  const { object, versionId } = findSource(request, input, request.call);
  const range = readRange(input.CopySourceRange, object.body.length);
  if (input.CopySourceRange !== undefined && !range)
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      "x-amz-copy-source-range",
      input.CopySourceRange,
    );
  const body = range ? object.body.subarray(range.start, range.end) : object.body;
  const checksum = await checkedChecksum(body, {
    ...{ input: {}, trailers: {}, algorithm: upload.checksumAlgorithm },
  });
  const number = readNumber(input.PartNumber);
  const part = addPart(
    { bucket, upload, number, body, checksum, md5: await md5Hex(body) },
    request,
  );
  return {
    CopyPartResult: {
      ETag: part.etag,
      LastModified: part.lastModified,
      [`Checksum${checksum.algorithm}`]: checksum.value,
    },
    CopySourceVersionId: versionId,
    ServerSideEncryption: "AES256",
  };
};

export const abortMultipartUpload: S3Operation<Labelled<AbortMultipartUploadRequest>> = (
  input,
  { store },
) => {
  const bucket = store.get(input.Bucket);
  const upload = uploadOf(bucket, input.Key, input.UploadId);
  for (const { body } of upload.parts.values()) store.release(body.length);
  bucket.uploads.delete(upload.id);
  return {};
};

/** @throws AwsError NoSuchUpload (404) */
export function uploadOf(bucket: Bucket, key: string, uploadId: string | undefined): Upload {
  const upload = bucket.uploads.get(uploadId ?? "");
  if (upload?.key !== key) throw noSuchUpload(uploadId ?? "");
  return upload;
}

function readNumber(number: number | undefined): number {
  if (number !== undefined && number >= 1 && number <= 10_000) return number;
  throw invalidArgument(
    "Part number must be an integer between 1 and 10000, inclusive",
    "partNumber",
    String(number),
  );
}

interface NewPart {
  readonly bucket: Bucket;
  readonly upload: Upload;
  readonly number: number;
  readonly body: Buffer;
  readonly checksum: Checksum;
  readonly md5: string;
}

/** The upload may have ended while the part's digests were computed. */
function addPart({ bucket, upload, ...part }: NewPart, { store }: S3Request): UploadedPart {
  const { number, body, checksum, md5 } = part;
  if (bucket.uploads.get(upload.id) !== upload) throw noSuchUpload(upload.id);
  store.reserve(body.length);
  store.release(upload.parts.get(number)?.body.length ?? 0);
  const added = { number, body, md5, etag: `"${md5}"`, checksum, lastModified: new Date() };
  upload.parts.set(number, added);
  return added;
}
