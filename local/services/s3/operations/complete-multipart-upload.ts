import { createHash } from "node:crypto";
import type { CompletedPart, CompleteMultipartUploadRequest } from "@aws-sdk/client-s3";
import { AwsError } from "../../../wire/aws-error.ts";
import { type Checksum, checkedChecksum, checksumMembers } from "../checksums.ts";
import { checkWriteConditions } from "../conditions.ts";
import { concatInTurns, digestOf } from "../digest.ts";
import { invalidRequest, malformedXml } from "../errors.ts";
import { shownVersion } from "../find-object.ts";
import type { Labelled, S3Operation } from "../s3-operation.ts";
import type { Upload, UploadedPart } from "../upload.ts";
import { uploadOf } from "./multipart-upload.ts";

/** Of every part but the last. Source: S3 User Guide, "Amazon S3 multipart upload limits". */
const minPartBytes = 5 * 1024 * 1024;

type Input = Labelled<CompleteMultipartUploadRequest>;

/** Source: S3 API reference, CompleteMultipartUpload. */
export const completeMultipartUpload: S3Operation<Input> = async (input, request) => {
  const { store, call } = request;
  const { Key: key } = input;
  const upload = uploadOf(store.get(input.Bucket), key, input.UploadId);
  const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? []);
  const body = await concatInTurns(parts.map((part) => part.body));
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== body.length)
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${String(input.MpuObjectSize)} does not match what was computed: ${String(body.length)}`,
    );
  const checksum = await checksumOf(upload, parts, body, input);
  const md5s = Buffer.concat(parts.map(({ md5 }) => Buffer.from(md5, "hex")));
  const etag = `"${createHash("md5").update(md5s).digest("hex")}-${String(parts.length)}"`;
  // From here on nobody else has a turn: the upload is there, and what the conditions are about stays so.
  const bucket = store.get(input.Bucket);
  uploadOf(bucket, key, input.UploadId);
  checkWriteConditions(key, store.newest(bucket, key), input);
  // The parts give way to the object, which is their bytes again.
  for (const part of upload.parts.values()) store.release(part.body.length);
  bucket.uploads.delete(upload.id);
  const { headers, metadata, tags, storageClass, acl } = upload;
  const object = store.put(bucket, {
    ...{ key, body, etag, checksum, headers, metadata, tags, storageClass, acl },
    parts: parts.map((part, at) => ({
      ...{ number: at + 1, size: part.body.length, checksum: part.checksum },
    })),
  });
  const versionId = shownVersion(bucket, object);
  request.changed(
    {
      ...{ event: "ObjectCreated:CompleteMultipartUpload", bucket, key, versionId },
      ...{ size: body.length, etag },
    },
    call,
  );
  return {
    Location: `http://${call.request.headers.host ?? "localhost"}/${bucket.name}/${encodeURIComponent(key)}`,
    Bucket: bucket.name,
    Key: key,
    ETag: etag,
    ...checksumMembers(checksum),
    ServerSideEncryption: "AES256",
    VersionId: versionId,
  };
};

function chosenParts(upload: Upload, chosen: readonly CompletedPart[]): readonly UploadedPart[] {
  if (chosen.length === 0) throw malformedXml();
  let before = 0;
  const parts = chosen.map(({ PartNumber = 0, ETag = "", ...declared }) => {
    if (PartNumber <= before)
      throw new AwsError(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
      );
    before = PartNumber;
    const part = upload.parts.get(PartNumber);
    const given = declared[`Checksum${part?.checksum.algorithm ?? "CRC32"}`];
    const isSame = part?.md5 === ETag.replaceAll('"', "");
    if (!part || !isSame || (given !== undefined && given !== part.checksum.value))
      throw new AwsError(
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        400,
        { PartNumber: String(PartNumber), ETag: ETag.replaceAll('"', "") },
      );
    return part;
  });
  const small = parts.slice(0, -1).find(({ body }) => body.length < minPartBytes);
  if (small)
    throw new AwsError(
      "EntityTooSmall",
      "Your proposed upload is smaller than the minimum allowed size",
      400,
      { ProposedSize: String(small.body.length), MinSizeAllowed: String(minPartBytes) },
    );
  return parts;
}

async function checksumOf(
  upload: Upload,
  parts: readonly UploadedPart[],
  body: Buffer,
  input: Input,
): Promise<Checksum> {
  const { checksumAlgorithm: algorithm, checksumType } = upload;
  if (input.ChecksumType !== undefined && input.ChecksumType !== checksumType)
    throw invalidRequest(
      `The upload was created with the checksum type ${checksumType}, and is completed with ${input.ChecksumType}.`,
    );
  if (algorithm === undefined || checksumType === "FULL_OBJECT")
    return checkedChecksum(body, { input, trailers: {}, algorithm });
  const ofParts = Buffer.concat(parts.map(({ checksum }) => Buffer.from(checksum.value, "base64")));
  const value = `${await digestOf(algorithm, ofParts)}-${String(parts.length)}`;
  const given = input[`Checksum${algorithm}`];
  if (given !== undefined && given !== value)
    throw new AwsError(
      "BadDigest",
      `The ${algorithm} you specified did not match the calculated checksum.`,
    );
  return { algorithm, value, type: "COMPOSITE" };
}
