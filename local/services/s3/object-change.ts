import type { AwsCall } from "../../wire/aws-call.ts";
import type { Bucket } from "./bucket.ts";

/** Source: S3 User Guide, "Event notification types and destinations". */
export type ObjectEvent =
  | "ObjectCreated:Put"
  | "ObjectCreated:Post"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated"
  | "ObjectTagging:Put"
  | "ObjectTagging:Delete"
  | "ObjectAcl:Put";

/** What a bucket tells of. */
export interface ObjectChange {
  readonly event: ObjectEvent;
  readonly bucket: Bucket;
  readonly key: string;
  /** Absent where the bucket has never had versions. */
  readonly versionId: string | undefined;
  /** Of what was created. */
  readonly size?: number;
  readonly etag?: string;
  readonly call: AwsCall;
}
