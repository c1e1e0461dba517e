import type { ResourceType } from "./resource-type.ts";
import { bucket } from "./s3-bucket.ts";
import { bucketNotification } from "./s3-notification.ts";
import { bucketObject, objectCopy } from "./s3-object.ts";
import {
  bucketAcl,
  bucketEncryption,
  bucketOwnership,
  bucketPolicy,
  bucketPublicAccess,
  bucketVersioning,
  bucketWebsite,
} from "./s3-settings.ts";

/** Version 7 of the provider keeps the types of version 6, under their old names, beside its own. */
export const s3: Readonly<Record<string, ResourceType>> = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:s3/bucketAcl:BucketAcl": bucketAcl,
  "aws:s3/bucketAclV2:BucketAclV2": bucketAcl,
  "aws:s3/bucketNotification:BucketNotification": bucketNotification,
  "aws:s3/bucketObject:BucketObject": bucketObject,
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketOwnership,
  "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketPublicAccess,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketEncryption,
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2":
    bucketEncryption,
  "aws:s3/bucketVersioning:BucketVersioning": bucketVersioning,
  "aws:s3/bucketVersioningV2:BucketVersioningV2": bucketVersioning,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": bucketWebsite,
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": bucketWebsite,
  "aws:s3/objectCopy:ObjectCopy": objectCopy,
};
