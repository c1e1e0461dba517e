import type { AwsCall } from "../../wire/aws-call.ts";
import { s3Address } from "../../wire/s3-address.ts";
import {
  type ActionOnResource,
  type ActionReader,
  type ActionTable,
  anyResource,
  entries,
  reader,
} from "./action-reader.ts";

/** Source: Service Authorization Reference, Amazon S3; S3 User Guide, "Required permissions". */
export const s3Actions: ActionTable = {
  PutObject: onKey("s3:PutObject", ...alsoForWrites()),
  CreateMultipartUpload: onKey("s3:PutObject", ...alsoForWrites()),
  UploadPart: onKey("s3:PutObject"),
  CompleteMultipartUpload: onKey("s3:PutObject"),
  CopyObject: (input, call) => [
    ...readsSource(call),
    ...onKey("s3:PutObject", ...alsoForWrites())(input, call),
  ],
  UploadPartCopy: (input, call) => [...readsSource(call), ...onKey("s3:PutObject")(input, call)],
  GetObject: ofVersion("s3:GetObject"),
  HeadObject: ofVersion("s3:GetObject"),
  GetObjectAttributes: (input, call) => [
    ...ofVersion("s3:GetObject")(input, call),
    ...ofVersion("s3:GetObjectAttributes", "s3:GetObjectVersionAttributes")(input, call),
  ],
  DeleteObject: ofVersion("s3:DeleteObject"),
  // Not an operation: what DeleteObjects asks for a version.
  DeleteObjectVersion: ofVersion("s3:DeleteObject"),
  // S3 decides and answers each of its keys separately.
  DeleteObjects: () => [],
  GetObjectAcl: ofVersion("s3:GetObjectAcl", "s3:GetObjectVersionAcl"),
  PutObjectAcl: ofVersion("s3:PutObjectAcl", "s3:PutObjectVersionAcl"),
  GetObjectTagging: ofVersion("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
  PutObjectTagging: ofVersion("s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
  DeleteObjectTagging: ofVersion("s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"),
  AbortMultipartUpload: onKey("s3:AbortMultipartUpload"),
  ListParts: onKey("s3:ListMultipartUploadParts"),

  ListBuckets: reader("s3:ListAllMyBuckets", anyResource),
  HeadBucket: onBucket("s3:ListBucket"),
  ListObjects: onBucket("s3:ListBucket"),
  ListObjectsV2: onBucket("s3:ListBucket"),
  ListObjectVersions: onBucket("s3:ListBucketVersions"),
  ListMultipartUploads: onBucket("s3:ListBucketMultipartUploads"),
  CreateBucket: (input, call) => [
    ...onBucket("s3:CreateBucket")(input, call),
    ...(hasHeader(call, "x-amz-acl") ? onBucket("s3:PutBucketAcl")(input, call) : []),
    ...(hasHeader(call, "x-amz-object-ownership")
      ? onBucket("s3:PutBucketOwnershipControls")(input, call)
      : []),
  ],
  ...entries(
    "s3",
    [
      "DeleteBucket",
      "GetBucketLocation",
      "GetBucketVersioning",
      "PutBucketVersioning",
      "GetBucketTagging",
      "PutBucketTagging",
      "GetBucketPolicy",
      "PutBucketPolicy",
      "DeleteBucketPolicy",
      "GetBucketPolicyStatus",
      "GetBucketOwnershipControls",
      "PutBucketOwnershipControls",
      "GetBucketAcl",
      "PutBucketAcl",
      "GetBucketWebsite",
      "PutBucketWebsite",
      "DeleteBucketWebsite",
      "GetBucketLogging",
      "GetBucketRequestPayment",
    ],
    (_input, call) => [bucketArn(call)],
  ),
  // Those whose action has another name.
  DeleteBucketTagging: onBucket("s3:PutBucketTagging"),
  DeleteBucketOwnershipControls: onBucket("s3:PutBucketOwnershipControls"),
  GetPublicAccessBlock: onBucket("s3:GetBucketPublicAccessBlock"),
  PutPublicAccessBlock: onBucket("s3:PutBucketPublicAccessBlock"),
  DeletePublicAccessBlock: onBucket("s3:PutBucketPublicAccessBlock"),
  GetBucketEncryption: onBucket("s3:GetEncryptionConfiguration"),
  PutBucketEncryption: onBucket("s3:PutEncryptionConfiguration"),
  DeleteBucketEncryption: onBucket("s3:PutEncryptionConfiguration"),
  GetBucketNotificationConfiguration: onBucket("s3:GetBucketNotification"),
  PutBucketNotificationConfiguration: onBucket("s3:PutBucketNotification"),
  GetBucketAccelerateConfiguration: onBucket("s3:GetAccelerateConfiguration"),
  GetBucketCors: onBucket("s3:GetBucketCORS"),
  GetBucketLifecycleConfiguration: onBucket("s3:GetLifecycleConfiguration"),
  GetBucketReplication: onBucket("s3:GetReplicationConfiguration"),
  GetObjectLockConfiguration: onBucket("s3:GetBucketObjectLockConfiguration"),
};

/** What a write needs besides, by the header that asks for it. */
function alsoForWrites(): readonly (readonly [header: string, action: string])[] {
  return [
    ["x-amz-tagging", "s3:PutObjectTagging"],
    ["x-amz-acl", "s3:PutObjectAcl"],
  ];
}

function onKey(
  action: string,
  ...also: readonly (readonly [header: string, action: string])[]
): ActionReader {
  return (_input, call) => {
    const resource = keyArn(call);
    const further = also.filter(([header]) => hasHeader(call, header)).map(([, each]) => each);
    return [action, ...further].map((each) => ({ action: each, resource }));
  };
}

function onBucket(action: string): ActionReader {
  return reader(action, (_input, call) => [bucketArn(call)]);
}

/** A version that the call names is another permission. */
function ofVersion(action: string, versionAction = `${action}Version`): ActionReader {
  return (_input, call) => {
    const isOfVersion = call.request.query.has("versionId");
    return [{ action: isOfVersion ? versionAction : action, resource: keyArn(call) }];
  };
}

function readsSource(call: AwsCall): ActionOnResource[] {
  const [path = "", version] = String(call.request.headers["x-amz-copy-source"] ?? "").split(
    "?versionId=",
  );
  const resource = `arn:aws:s3:::${decode(path).replace(/^\//, "")}`;
  return [{ action: version === undefined ? "s3:GetObject" : "s3:GetObjectVersion", resource }];
}

function hasHeader({ request }: AwsCall, name: string): boolean {
  return request.headers[name] !== undefined;
}

function bucketArn({ request }: AwsCall): string {
  return `arn:aws:s3:::${s3Address(request).bucket}`;
}

function keyArn({ request }: AwsCall): string {
  const { bucket, rawKey } = s3Address(request);
  return `arn:aws:s3:::${bucket}/${decode(rawKey)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
