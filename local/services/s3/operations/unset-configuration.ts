import type { S3Operation, S3Operations } from "../s3-operation.ts";
import { absent } from "./bucket-configuration.ts";

interface BucketInput {
  readonly Bucket: string;
}

type Run = S3Operation<BucketInput>;

/** What no bucket has, since nothing here sets it. */
function never(code: string, message: string): Run {
  return (input, { store }) => {
    store.get(input.Bucket);
    throw absent(code, message, input);
  };
}

/** What every bucket answers, since nothing here changes it. */
function always(output: object): Run {
  return (input, { store }) => {
    store.get(input.Bucket);
    return output;
  };
}

/**
 * Settings that cannot be made here and that tools read all the same: they are not set.
 * Source: S3 API reference, the answers for buckets without them.
 */
export const unsetConfigurationOperations = {
  GetBucketAccelerateConfiguration: always({}),
  GetBucketCors: never("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
  GetBucketLifecycleConfiguration: never(
    "NoSuchLifecycleConfiguration",
    "The lifecycle configuration does not exist",
  ),
  GetBucketLogging: always({}),
  GetBucketReplication: never(
    "ReplicationConfigurationNotFoundError",
    "The replication configuration was not found",
  ),
  GetBucketRequestPayment: always({ Payer: "BucketOwner" }),
  GetObjectLockConfiguration: never(
    "ObjectLockConfigurationNotFoundError",
    "Object Lock configuration does not exist for this bucket",
  ),
} as const satisfies S3Operations;
