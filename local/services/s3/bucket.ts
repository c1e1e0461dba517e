import type { NotificationConfiguration } from "@aws-sdk/client-s3";
import type { ObjectVersion } from "./object-version.ts";
import type { Upload } from "./upload.ts";

export type ObjectOwnership = "BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter";

/** Canned ACLs that are served. */
export type CannedAcl = "private" | "public-read";

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** A website: what its names answer for a folder, and for a key that is not there. */
export interface Website {
  readonly indexSuffix: string;
  readonly errorKey: string | undefined;
}

/** A bucket and all that is in it. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly createdAt: Date;
  readonly arn: string;
  /** Absent until it is set once. */
  versioning: "Enabled" | "Suspended" | undefined;
  /** Key → versions, the newest first; none is empty. */
  readonly objects: Map<string, ObjectVersion[]>;
  /** The keys in the order of S3's lists; absent after one came or went. */
  sortedKeys: readonly string[] | undefined;
  readonly uploads: Map<string, Upload>;
  tags: ReadonlyMap<string, string>;
  /** JSON text. */
  policy: string | undefined;
  ownership: ObjectOwnership | undefined;
  publicAccessBlock: PublicAccessBlock | undefined;
  acl: CannedAcl;
  bucketKeyEnabled: boolean;
  website: Website | undefined;
  notifications: NotificationConfiguration;
}
