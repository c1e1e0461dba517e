import { AwsError } from "../../wire/aws-error.ts";
import type { Bucket, CannedAcl } from "./bucket.ts";
import { accessDenied, invalidArgument, invalidRequest, notServed } from "./errors.ts";
import type { ObjectHeaders } from "./object-version.ts";
import { readTagQuery } from "./tags.ts";

const maxKeyBytes = 1024;
const maxMetadataBytes = 2048;

/** Storage classes whose objects are read at once. Source: S3 User Guide, "Storage classes". */
const storageClasses = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
]);

/** What a write says of its object besides its bytes. */
export interface SettingsInput extends ObjectHeaders {
  readonly ACL?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
}

export interface ObjectSettings {
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: ReadonlyMap<string, string>;
  readonly storageClass: string;
  readonly acl: CannedAcl;
}

/** @throws AwsError for what S3 refuses, and for a storage class or ACL that is not served */
export function readSettings(input: SettingsInput, bucket: Bucket, key: string): ObjectSettings {
  if (Buffer.byteLength(key) > maxKeyBytes)
    throw new AwsError("KeyTooLongError", "Your key is too long", 400, {
      Size: String(Buffer.byteLength(key)),
      MaxSizeAllowed: String(maxKeyBytes),
    });
  const { StorageClass = "STANDARD", Metadata = {} } = input;
  if (!storageClasses.has(StorageClass)) {
    if (/^(GLACIER|DEEP_ARCHIVE|OUTPOSTS|SNOW|EXPRESS_ONEZONE|FSX_\w+)$/.test(StorageClass))
      throw notServed(`StorageClass ${StorageClass}`);
    throw new AwsError("InvalidStorageClass", "The storage class you specified is not valid");
  }
  return {
    headers: headersOf(input),
    metadata: checkMetadata(Metadata),
    tags: input.Tagging === undefined ? new Map() : readTagQuery(input.Tagging),
    storageClass: StorageClass,
    acl: readAcl(input.ACL, bucket),
  };
}

/** What is kept with an object, without the marks of how it came. */
export function headersOf(input: ObjectHeaders): ObjectHeaders {
  const encodings = (input.ContentEncoding ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && each !== "aws-chunked");
  return {
    CacheControl: input.CacheControl,
    ContentDisposition: input.ContentDisposition,
    ContentEncoding: encodings.length > 0 ? encodings.join(",") : undefined,
    ContentLanguage: input.ContentLanguage,
    ContentType: input.ContentType ?? "binary/octet-stream",
    Expires: input.Expires,
    WebsiteRedirectLocation: checkRedirect(input.WebsiteRedirectLocation),
  };
}

/** Source: S3 API reference, PutObject, `x-amz-website-redirect-location`. */
function checkRedirect(location: string | undefined): string | undefined {
  if (location === undefined || /^(\/|https?:\/\/)/.test(location)) return location;
  throw new AwsError(
    "InvalidRedirectLocation",
    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
  );
}

function checkMetadata(metadata: Readonly<Record<string, string>>) {
  const bytes = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value, "latin1"),
    0,
  );
  if (bytes <= maxMetadataBytes) return metadata;
  throw new AwsError(
    "MetadataTooLarge",
    "Your metadata headers exceed the maximum allowed metadata size",
    400,
    { Size: String(bytes), MaxSizeAllowed: String(maxMetadataBytes) },
  );
}

/**
 * The canned ACL of an object or bucket. Where the bucket's owner owns everything, which is the default,
 * only the one that disables them is left. Source: S3 User Guide, "Controlling ownership of objects".
 *
 * @throws AwsError AccessControlListNotSupported (400), AccessDenied (403), NotImplemented
 */
export function readAcl(acl: string | undefined, bucket: Bucket): CannedAcl {
  if (acl === undefined || acl === "bucket-owner-full-control") return "private";
  if (!cannedAcls.has(acl)) throw invalidArgument("Invalid canned ACL", "x-amz-acl", acl);
  if (bucket.ownership === "BucketOwnerEnforced") {
    throw new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  if (acl === "private" || acl === "bucket-owner-read") return "private";
  if (acl !== "public-read") throw notServed(`ACL ${acl}`);
  if (bucket.publicAccessBlock?.BlockPublicAcls)
    throw accessDenied("Public ACLs are blocked by the BlockPublicAcls setting of this bucket.");
  return acl;
}

const cannedAcls = new Set([
  "private",
  "public-read",
  "public-read-write",
  "authenticated-read",
  "aws-exec-read",
  "bucket-owner-read",
  "log-delivery-write",
]);

/** S3 encrypts every object with its own keys, and no others are here. */
export function checkEncryption(algorithm: string | undefined): void {
  if (algorithm === undefined || algorithm === "AES256") return;
  if (/^aws:(kms|kms:dsse|fsx)$/.test(algorithm))
    throw notServed(`ServerSideEncryption ${algorithm}`);
  throw invalidRequest("The encryption method specified is not supported");
}
