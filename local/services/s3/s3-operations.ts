import { bucketConfigurationOperations } from "./operations/bucket-configuration.ts";
import { bucketNotificationOperations } from "./operations/bucket-notification.ts";
import { bucketPolicyOperations } from "./operations/bucket-policy.ts";
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from "./operations/buckets.ts";
import { completeMultipartUpload } from "./operations/complete-multipart-upload.ts";
import { copyObject } from "./operations/copy-object.ts";
import { deleteObject, deleteObjects } from "./operations/delete-objects.ts";
import { getObject } from "./operations/get-object.ts";
import { listObjectVersions } from "./operations/list-object-versions.ts";
import { listObjects, listObjectsV2 } from "./operations/list-objects.ts";
import { listMultipartUploads, listParts } from "./operations/list-uploads.ts";
import {
  abortMultipartUpload,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
} from "./operations/multipart-upload.ts";
import {
  deleteObjectTagging,
  getObjectAcl,
  getObjectAttributes,
  getObjectTagging,
  putObjectAcl,
  putObjectTagging,
} from "./operations/object-facts.ts";
import { putObject } from "./operations/put-object.ts";
import { unsetConfigurationOperations } from "./operations/unset-configuration.ts";
import type { S3Operations } from "./s3-operation.ts";

/** Every operation of S3 that is served. */
export const s3Operations: S3Operations = {
  ...bucketConfigurationOperations,
  ...bucketNotificationOperations,
  ...bucketPolicyOperations,
  ...unsetConfigurationOperations,
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  DeleteObjectTagging: deleteObjectTagging,
  GetBucketLocation: getBucketLocation,
  GetObject: getObject,
  GetObjectAcl: getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  GetObjectTagging: getObjectTagging,
  HeadBucket: headBucket,
  HeadObject: getObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  ListParts: listParts,
  PutObject: putObject,
  PutObjectAcl: putObjectAcl,
  PutObjectTagging: putObjectTagging,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
};
