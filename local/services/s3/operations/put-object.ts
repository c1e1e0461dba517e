import type { PutObjectRequest } from "@aws-sdk/client-s3";
import { checkedChecksum, checksumMembers } from "../checksums.ts";
import { checkWriteConditions } from "../conditions.ts";
import { md5Hex } from "../digest.ts";
import { shownVersion } from "../find-object.ts";
import { checkEncryption, readSettings } from "../object-settings.ts";
import type { Labelled, S3Operation, WithBody } from "../s3-operation.ts";

/** Source: S3 API reference, PutObject. */
export const putObject: S3Operation<Labelled<WithBody<PutObjectRequest>>> = async (
  input,
  request,
) => {
  const { store, call, trailers } = request;
  const { Bucket: bucketName, Key: key, Body: body = Buffer.alloc(0) } = input;
  store.get(bucketName);
  checkEncryption(input.ServerSideEncryption);
  const checksum = await checkedChecksum(body, {
    ...{ input, trailers, algorithm: input.ChecksumAlgorithm },
  });
  const etag = `"${await md5Hex(body)}"`;
  // From here on nobody else has a turn: what the conditions are about stays so.
  const bucket = store.get(bucketName);
  checkWriteConditions(key, store.newest(bucket, key), input);
  const settings = readSettings(input, bucket, key);
  const object = store.put(bucket, { key, body, etag, checksum, parts: undefined, ...settings });
  const versionId = shownVersion(bucket, object);
  request.changed(
    { event: "ObjectCreated:Put", bucket, key, versionId, size: body.length, etag },
    call,
  );
  return {
    ETag: etag,
    ...checksumMembers(checksum),
    ServerSideEncryption: "AES256",
    VersionId: versionId,
  };
};
