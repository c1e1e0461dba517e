import type { HttpRequest } from "./http.ts";

/** What of S3 a request is for. */
export interface S3Address {
  /** Empty for the service as a whole. */
  readonly bucket: string;
  /** Still percent-encoded; empty for the bucket as a whole. */
  readonly rawKey: string;
  /** Whether the bucket stands in the name of the host. */
  readonly isVirtual: boolean;
}

const suffix = /\.(?:amazonaws\.com(?:\.cn)?|localhost\.localstack\.cloud|localhost)$/;

/** What is left of a name without its suffix: a bucket, `s3`, and a region. */
const label =
  /^(?:(?<bucket>.+)\.)?s3(?:-[a-z0-9-]+)?(?:\.dualstack)?(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?$/;

/**
 * The bucket and key of a request of S3: `/bucket/key`, or `/key` where the bucket stands in the host's
 * name, as in `bucket.s3.amazonaws.com`, `bucket.s3.localhost.localstack.cloud` or `bucket.localhost`.
 * Source: S3 User Guide, "Virtual hosting of general purpose buckets".
 */
export function s3Address({ path, headers }: HttpRequest): S3Address {
  const virtual = bucketOfHost(headers.host ?? "");
  const inner = path.replace(/^\//, "");
  if (virtual !== undefined) return { bucket: virtual, rawKey: inner, isVirtual: true };
  const slash = inner.indexOf("/");
  return slash < 0
    ? { bucket: inner, rawKey: "", isVirtual: false }
    : { bucket: inner.slice(0, slash), rawKey: inner.slice(slash + 1), isVirtual: false };
}

/** The bucket that a host's name begins with; `undefined` when it has none. */
export function bucketOfHost(authority: string): string | undefined {
  const host = authority.replace(/:\d+$/, "").replace(/\.$/, "").toLowerCase();
  const end = suffix.exec(host);
  if (!end) return undefined;
  const name = host.slice(0, end.index);
  const found = label.exec(name);
  if (found) return found.groups?.["bucket"];
  // `http://localhost:4566` as the endpoint gives clients `bucket.localhost`.
  return end[0].includes("localhost") ? name : undefined;
}
