import { createHash } from "node:crypto";
import type { PutObjectRequest } from "@aws-sdk/client-s3";
import { checkedChecksum, checksumMembers } from "../checksums.ts";
import { checkWriteConditions } from "../conditions.ts";
import { shownVersion } from "../find-object.ts";
import { checkEncryption, readSettings } from "../object-settings.ts";
import type { Labelled, S3Operation, WithBody } from "../s3-operation.ts";

/** Source: S3 API reference, PutObject. */
export const putObject: S3Operation<Labelled<WithBody<PutObjectRequest>>> = (input, request) => {
  const { store, call, trailers } = request;
  const { Bucket: bucketName, Key: key, Body: body = Buffer.alloc(0) } = input;
  const bucket = store.get(bucketName);
  checkEncryption(input.ServerSideEncryption);
  checkWriteConditions(key, store.newest(bucket, key), input);
  const settings = readSettings(input, bucket, key);
  const checksum = checkedChecksum(body, {
    ...{ input, trailers, algorithm: input.ChecksumAlgorithm },
  });
  const etag = `"${createHash("md5").update(body).digest("hex")}"`;
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
