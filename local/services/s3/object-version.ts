import type { CannedAcl } from "./bucket.ts";
import type { Checksum } from "./checksums.ts";

/** What an object is answered with besides its bytes: members of PutObject and GetObject. */
export interface ObjectHeaders {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

/** One part of an object that was uploaded in parts. */
export interface ObjectPart {
  readonly number: number;
  readonly size: number;
  readonly checksum: Checksum;
}

/** One version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` for what was written while versioning was not enabled. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly lastModified: Date;
  /** With its quotes. */
  readonly etag: string;
  readonly body: Buffer;
  readonly headers: ObjectHeaders;
  /** Names in lower case, without their prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  tags: ReadonlyMap<string, string>;
  readonly checksum: Checksum | undefined;
  readonly storageClass: string;
  acl: CannedAcl;
  /** Of an object that was uploaded in parts. */
  readonly parts: readonly ObjectPart[] | undefined;
}

/** What an object that is to be written has, before it gets its version. */
export type NewObject = Omit<ObjectVersion, "versionId" | "isDeleteMarker" | "lastModified">;
