import { randomBytes } from "node:crypto";
import { AwsError } from "../../wire/aws-error.ts";
import type { Bucket } from "./bucket.ts";
import { noSuchBucket, noSuchVersion } from "./errors.ts";
import type { NewObject, ObjectVersion } from "./object-version.ts";
import { sortKeys } from "./sort-keys.ts";

/** Bytes of all objects and parts together, which this process keeps in memory. */
export const maxStoredBytes = 512 * 1024 * 1024;

/** What became of a removal. */
export interface Removal {
  /** The version that went, or the delete marker that came; absent where there was none. */
  readonly versionId: string | undefined;
  readonly isDeleteMarker: boolean;
  readonly change: "deleted" | "marker-created" | "none";
}

/** Every bucket, with its objects in memory. */
export class BucketStore {
  readonly #buckets = new Map<string, Bucket>();
  #bytes = 0;

  all(): Bucket[] {
    return [...this.#buckets.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws AwsError NoSuchBucket (404) */
  get(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    return bucket;
  }

  create(name: string, region: string): Bucket {
    const bucket: Bucket = {
      ...{ name, region, createdAt: new Date(), arn: `arn:aws:s3:::${name}` },
      versioning: undefined,
      objects: new Map(),
      sortedKeys: [],
      uploads: new Map(),
      tags: new Map(),
      policy: undefined,
      ownership: "BucketOwnerEnforced",
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      acl: "private",
      bucketKeyEnabled: false,
      website: undefined,
      notifications: {},
    };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  /** @throws AwsError BucketNotEmpty (409) */
  remove(bucket: Bucket): void {
    if (bucket.objects.size > 0)
      throw new AwsError(
        "BucketNotEmpty",
        bucket.versioning === undefined
          ? "The bucket you tried to delete is not empty"
          : "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
        409,
        { BucketName: bucket.name },
      );
    for (const { parts } of bucket.uploads.values())
      for (const { body } of parts.values()) this.release(body.length);
    this.#buckets.delete(bucket.name);
  }

  /** Counts bytes that come into memory. @throws AwsError InsufficientStorage (507) */
  reserve(bytes: number): void {
    if (this.#bytes + bytes > maxStoredBytes)
      throw new AwsError(
        "InsufficientStorage",
        `This cloud keeps objects in memory, and at most ${String(maxStoredBytes / 1024 / 1024)} MB of them: delete some, or all versions of some.`,
        507,
      );
    this.#bytes += bytes;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** The newest version of a key, which may be a delete marker. */
  newest(bucket: Bucket, key: string): ObjectVersion | undefined {
    return bucket.objects.get(key)?.[0];
  }

  /** @throws AwsError NoSuchVersion (404) */
  version(bucket: Bucket, key: string, versionId: string): ObjectVersion {
    const found = bucket.objects.get(key)?.find((each) => each.versionId === versionId);
    if (!found) throw noSuchVersion(key, versionId);
    return found;
  }

  /** Writes the newest version of a key, whose bytes are counted here. */
  put(bucket: Bucket, object: NewObject): ObjectVersion {
    this.reserve(object.body.length);
    return this.#add(bucket, { ...object, ...this.#stamp(bucket), isDeleteMarker: false });
  }

  /** Removes one version, or the newest as the bucket's versioning has it. */
  delete(bucket: Bucket, key: string, versionId?: string): Removal {
    if (versionId !== undefined) {
      const found = bucket.objects.get(key)?.find((each) => each.versionId === versionId);
      if (!found) return { versionId, isDeleteMarker: false, change: "none" };
      this.#drop(bucket, found);
      return { versionId, isDeleteMarker: found.isDeleteMarker, change: "deleted" };
    }
    const newest = this.newest(bucket, key);
    if (bucket.versioning === undefined) {
      if (!newest) return { versionId: undefined, isDeleteMarker: false, change: "none" };
      this.#drop(bucket, newest);
      return { versionId: undefined, isDeleteMarker: false, change: "deleted" };
    }
    const marker = this.#add(bucket, {
      ...{ key, ...this.#stamp(bucket), isDeleteMarker: true, etag: "", body: Buffer.alloc(0) },
      ...{ headers: {}, metadata: {}, tags: new Map(), checksum: undefined },
      ...{ storageClass: "STANDARD", acl: "private", parts: undefined },
    });
    return { versionId: marker.versionId, isDeleteMarker: true, change: "marker-created" };
  }

  /** The keys of a bucket in S3's order. */
  keys(bucket: Bucket): readonly string[] {
    return (bucket.sortedKeys ??= sortKeys([...bucket.objects.keys()]));
  }

  #stamp(bucket: Bucket): { versionId: string; lastModified: Date } {
    // S3 tells times in whole seconds, and lists in milliseconds that are zero.
    const lastModified = new Date(Math.floor(Date.now() / 1000) * 1000);
    const isEnabled = bucket.versioning === "Enabled";
    return { versionId: isEnabled ? randomBytes(24).toString("base64url") : "null", lastModified };
  }

  #add(bucket: Bucket, version: ObjectVersion): ObjectVersion {
    const versions = bucket.objects.get(version.key);
    if (!versions) {
      bucket.objects.set(version.key, [version]);
      bucket.sortedKeys = undefined;
      return version;
    }
    // There is one version without an id at most, and the newest takes its place.
    const replaced =
      version.versionId === "null" ? versions.findIndex((each) => each.versionId === "null") : -1;
    if (replaced >= 0) {
      this.release(versions[replaced]?.body.length ?? 0);
      versions.splice(replaced, 1);
    }
    versions.unshift(version);
    return version;
  }

  #drop(bucket: Bucket, version: ObjectVersion): void {
    const left = (bucket.objects.get(version.key) ?? []).filter((each) => each !== version);
    this.release(version.body.length);
    if (left.length > 0) {
      bucket.objects.set(version.key, left);
      return;
    }
    bucket.objects.delete(version.key);
    bucket.sortedKeys = undefined;
  }
}
