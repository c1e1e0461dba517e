import type { OperationMembers, ServiceMembers } from "../member-table.ts";

/** The account's owner is who asks, always, and pays for every request. */
const always: OperationMembers["ignores"] = { "one-account": "RequestPayer" };

const checksums = `ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumSHA1 ChecksumSHA256
  ChecksumSHA512 ChecksumMD5`;
const refusedChecksums = "ChecksumXXHASH64 ChecksumXXHASH3 ChecksumXXHASH128";
const customerKey = "SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5";
const sourceKey =
  "CopySourceSSECustomerAlgorithm CopySourceSSECustomerKey CopySourceSSECustomerKeyMD5";
const kms = "SSEKMSKeyId SSEKMSEncryptionContext BucketKeyEnabled=false";
const grants = "GrantFullControl GrantRead GrantReadACP GrantWriteACP";
const lock = `ObjectLockMode ObjectLockRetainUntilDate ObjectLockLegalHoldStatus ObjectLockEventHold
  ObjectLockEventHoldDurationDays ObjectLockEventHoldDurationYears`;

const key = "Bucket Key ExpectedBucketOwner";
const version = `${key} VersionId`;
/** With an algorithm, whose checksum is in a header that every body is compared with. */
const bucketBody = "Bucket ExpectedBucketOwner ContentMD5 ChecksumAlgorithm";
const settings = `ACL CacheControl ContentDisposition ContentEncoding ContentLanguage ContentType
  Expires Metadata ServerSideEncryption StorageClass WebsiteRedirectLocation Tagging`;
const sourceConditions = `CopySource CopySourceIfMatch CopySourceIfModifiedSince
  CopySourceIfNoneMatch CopySourceIfUnmodifiedSince ExpectedSourceBucketOwner`;
const list = "Bucket ExpectedBucketOwner Delimiter EncodingType Prefix";

const ofBucket: OperationMembers = { honours: "Bucket ExpectedBucketOwner" };
const ofVersion: OperationMembers = { honours: version, ignores: always };
const read: OperationMembers = {
  honours: `${version} IfMatch IfModifiedSince IfNoneMatch IfUnmodifiedSince Range PartNumber
    ResponseCacheControl ResponseContentDisposition ResponseContentEncoding ResponseContentLanguage
    ResponseContentType ResponseExpires ChecksumMode`,
  refuses: customerKey,
  ignores: always,
};
const filter = "Filter(Key(FilterRules(Name Value)))";
const acl: OperationMembers = {
  refuses: `AccessControlPolicy ${grants} GrantWrite`,
};

/** Source: S3 API 2006-03-01. */
export const s3Members: ServiceMembers = {
  CreateBucket: {
    honours: `Bucket ACL ObjectOwnership CreateBucketConfiguration(LocationConstraint Tags(Key Value))`,
    refuses: `CreateBucketConfiguration(Location Bucket) ${grants} GrantWrite
      ObjectLockEnabledForBucket=false BucketNamespace=global`,
  },
  HeadBucket: ofBucket,
  DeleteBucket: ofBucket,
  ListBuckets: { honours: "MaxBuckets ContinuationToken Prefix BucketRegion" },
  GetBucketLocation: ofBucket,
  GetBucketVersioning: ofBucket,
  PutBucketVersioning: {
    honours: `${bucketBody} VersioningConfiguration(Status)`,
    refuses: "VersioningConfiguration(MFADelete=Disabled) MFA",
  },
  GetBucketTagging: ofBucket,
  PutBucketTagging: { honours: `${bucketBody} Tagging(TagSet(Key Value))` },
  DeleteBucketTagging: ofBucket,
  GetBucketPolicy: ofBucket,
  GetBucketPolicyStatus: ofBucket,
  PutBucketPolicy: {
    honours: `${bucketBody} Policy`,
    ignores: { "nothing-is-locked": "ConfirmRemoveSelfBucketAccess" },
  },
  DeleteBucketPolicy: ofBucket,
  GetPublicAccessBlock: ofBucket,
  PutPublicAccessBlock: {
    honours: `${bucketBody} PublicAccessBlockConfiguration(BlockPublicAcls IgnorePublicAcls
      BlockPublicPolicy RestrictPublicBuckets)`,
  },
  DeletePublicAccessBlock: ofBucket,
  GetBucketOwnershipControls: ofBucket,
  PutBucketOwnershipControls: {
    honours: `${bucketBody} OwnershipControls(Rules(ObjectOwnership))`,
  },
  DeleteBucketOwnershipControls: ofBucket,
  GetBucketEncryption: ofBucket,
  PutBucketEncryption: {
    honours: `${bucketBody} ServerSideEncryptionConfiguration(Rules(BucketKeyEnabled
      ApplyServerSideEncryptionByDefault(SSEAlgorithm)))`,
    refuses: `ServerSideEncryptionConfiguration(Rules(BlockedEncryptionTypes(EncryptionType=NONE)
      ApplyServerSideEncryptionByDefault(KMSMasterKeyID)))`,
  },
  DeleteBucketEncryption: ofBucket,
  GetBucketAcl: ofBucket,
  PutBucketAcl: { ...acl, honours: `${bucketBody} ACL` },
  GetBucketWebsite: ofBucket,
  PutBucketWebsite: {
    honours: `${bucketBody} WebsiteConfiguration(IndexDocument(Suffix) ErrorDocument(Key))`,
    refuses: "WebsiteConfiguration(RedirectAllRequestsTo RoutingRules)",
  },
  DeleteBucketWebsite: ofBucket,
  GetBucketNotificationConfiguration: ofBucket,
  PutBucketNotificationConfiguration: {
    honours: `Bucket ExpectedBucketOwner SkipDestinationValidation NotificationConfiguration(
      TopicConfigurations(Id TopicArn Events ${filter}) QueueConfigurations(Id QueueArn Events
      ${filter}) LambdaFunctionConfigurations(Id LambdaFunctionArn Events ${filter}))`,
    refuses: "NotificationConfiguration(EventBridgeConfiguration)",
  },
  GetBucketAccelerateConfiguration: { ...ofBucket, ignores: always },
  GetBucketCors: ofBucket,
  GetBucketLifecycleConfiguration: ofBucket,
  GetBucketLogging: ofBucket,
  GetBucketReplication: ofBucket,
  GetBucketRequestPayment: ofBucket,
  GetObjectLockConfiguration: ofBucket,

  PutObject: {
    honours: `${key} Body ContentLength ContentMD5 ChecksumAlgorithm ${checksums} ${settings} IfMatch
      IfNoneMatch`,
    refuses: `${refusedChecksums} ${grants} WriteOffsetBytes ${customerKey} ${kms} ${lock}`,
    ignores: always,
  },
  GetObject: read,
  HeadObject: read,
  DeleteObject: {
    honours: `${version} IfMatch`,
    refuses: "MFA IfMatchLastModifiedTime IfMatchSize",
    ignores: { ...always, "nothing-is-locked": "BypassGovernanceRetention" },
  },
  DeleteObjects: {
    honours: `Bucket ExpectedBucketOwner ChecksumAlgorithm Delete(Quiet Objects(Key VersionId ETag))`,
    refuses: "MFA Delete(Objects(LastModifiedTime Size))",
    ignores: { ...always, "nothing-is-locked": "BypassGovernanceRetention" },
  },
  CopyObject: {
    honours: `${key} ${sourceConditions} ChecksumAlgorithm ${settings} MetadataDirective
      TaggingDirective IfMatch IfNoneMatch`,
    refuses: `${grants} AnnotationDirective ${customerKey} ${sourceKey} ${kms} ${lock}`,
    ignores: always,
  },
  GetObjectAttributes: {
    honours: `${version} ObjectAttributes MaxParts PartNumberMarker`,
    refuses: customerKey,
    ignores: always,
  },
  GetObjectTagging: ofVersion,
  PutObjectTagging: {
    honours: `${version} ContentMD5 ChecksumAlgorithm Tagging(TagSet(Key Value))`,
    ignores: always,
  },
  DeleteObjectTagging: { honours: version },
  GetObjectAcl: ofVersion,
  PutObjectAcl: {
    ...acl,
    honours: `${version} ContentMD5 ChecksumAlgorithm ACL`,
    ignores: always,
  },
  ListObjects: {
    honours: `${list} MaxKeys Marker`,
    refuses: "OptionalObjectAttributes",
    ignores: always,
  },
  ListObjectsV2: {
    honours: `${list} MaxKeys ContinuationToken FetchOwner StartAfter`,
    refuses: "OptionalObjectAttributes",
    ignores: always,
  },
  ListObjectVersions: {
    honours: `${list} MaxKeys KeyMarker VersionIdMarker`,
    refuses: "OptionalObjectAttributes",
    ignores: always,
  },
  CreateMultipartUpload: {
    honours: `${key} ${settings} ChecksumAlgorithm ChecksumType`,
    refuses: `${grants} ${customerKey} ${kms} ${lock}`,
    ignores: always,
  },
  UploadPart: {
    honours: `${key} PartNumber UploadId Body ContentLength ContentMD5 ChecksumAlgorithm ${checksums}`,
    refuses: `${refusedChecksums} ${customerKey}`,
    ignores: always,
  },
  UploadPartCopy: {
    honours: `${key} ${sourceConditions} CopySourceRange PartNumber UploadId`,
    refuses: `${customerKey} ${sourceKey}`,
    ignores: always,
  },
  CompleteMultipartUpload: {
    honours: `${key} UploadId MultipartUpload(Parts(ETag PartNumber ${checksums})) ${checksums}
      ChecksumType MpuObjectSize IfMatch IfNoneMatch`,
    refuses: `MultipartUpload(Parts(${refusedChecksums})) ${refusedChecksums} ${customerKey}`,
    ignores: always,
  },
  AbortMultipartUpload: {
    honours: `${key} UploadId`,
    refuses: "IfMatchInitiatedTime",
    ignores: always,
  },
  ListParts: {
    honours: `${key} UploadId MaxParts PartNumberMarker`,
    refuses: customerKey,
    ignores: always,
  },
  ListMultipartUploads: {
    honours: `${list} KeyMarker MaxUploads UploadIdMarker`,
    ignores: always,
  },
};
