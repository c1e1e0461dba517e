import { noSuchKey, notServed, preconditionFailed } from "./errors.ts";
import type { ObjectVersion } from "./object-version.ts";

interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * Whether a read is answered with 304, since its caller has the object already.
 * Source: RFC 9110, section 13.2.2; S3 API reference, GetObject.
 *
 * @throws AwsError PreconditionFailed (412)
 */
export function isNotModified(object: ObjectVersion, conditions: ReadConditions): boolean {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modifiedMs = object.lastModified.getTime();
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object.etag)) throw preconditionFailed("If-Match");
  } else if (IfUnmodifiedSince !== undefined && modifiedMs > IfUnmodifiedSince.getTime())
    throw preconditionFailed("If-Unmodified-Since");
  if (IfNoneMatch !== undefined) return matches(IfNoneMatch, object.etag);
  return IfModifiedSince !== undefined && modifiedMs <= IfModifiedSince.getTime();
}

/**
 * Compares what a write expects with the key's newest version; a delete marker is no object.
 * Source: S3 User Guide, "Conditional writes".
 *
 * @throws AwsError PreconditionFailed (412), NoSuchKey (404)
 */
export function checkWriteConditions(
  key: string,
  newest: ObjectVersion | undefined,
  { IfMatch, IfNoneMatch }: { IfMatch?: string | undefined; IfNoneMatch?: string | undefined },
): void {
  const existing = newest?.isDeleteMarker === true ? undefined : newest;
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch.trim() !== "*") throw notServed("IfNoneMatch with anything but *");
    if (existing) throw preconditionFailed("If-None-Match");
  }
  if (IfMatch === undefined) return;
  if (!existing) throw noSuchKey(key);
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed("If-Match");
}

/** One of several ETags, each with or without its quotes, or `*`. */
function matches(condition: string, etag: string): boolean {
  return condition.split(",").some((each) => {
    const wanted = each.trim().replace(/^W\//, "");
    return wanted === "*" || unquoted(wanted) === unquoted(etag);
  });
}

function unquoted(etag: string): string {
  return etag.replace(/^"|"$/g, "");
}
