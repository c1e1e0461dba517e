import type { CannedAcl } from "./bucket.ts";
import type { Checksum } from "./checksums.ts";
import type { ChecksumAlgorithm } from "./digest.ts";
import type { ObjectHeaders } from "./object-version.ts";

export interface UploadedPart {
  readonly number: number;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  /** MD5 of the bytes, in hexadecimal. */
  readonly md5: string;
  readonly checksum: Checksum;
  readonly lastModified: Date;
}

/** A multipart upload that is under way. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiatedAt: Date;
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: ReadonlyMap<string, string>;
  readonly storageClass: string;
  readonly acl: CannedAcl;
  /** Absent where the client named none: the object then has S3's own. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: "FULL_OBJECT" | "COMPOSITE";
  readonly parts: Map<number, UploadedPart>;
}
