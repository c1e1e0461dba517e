import type { HttpRequest } from "../../wire/http.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { accessDenied } from "./errors.ts";

const longestSeconds = 7 * 24 * 3600;

/**
 * Refuses a presigned address that has expired; its signature is not verified, as no signature is here.
 * Source: S3 API reference, "Authenticating requests: using query parameters".
 *
 * @throws AwsError AccessDenied (403), AuthorizationQueryParametersError
 */
export function checkPresigned({ query }: HttpRequest, nowMs = Date.now()): void {
  if (query.has("AWSAccessKeyId") && query.has("Signature")) {
    const expires = Number(query.get("Expires") ?? Number.NaN);
    if (!Number.isInteger(expires))
      throw accessDenied("Query-string authentication requires the parameter Expires in seconds.");
    if (nowMs > expires * 1000) throw accessDenied("Request has expired");
    return;
  }
  if (!query.has("X-Amz-Credential")) return;
  const seconds = Number(query.get("X-Amz-Expires") ?? Number.NaN);
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get("X-Amz-Date") ?? "");
  if (!found || !Number.isInteger(seconds) || seconds < 0 || seconds > longestSeconds)
    throw new AwsError(
      "AuthorizationQueryParametersError",
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters; X-Amz-Expires must be at most a week (in seconds), 604800.",
    );
  const [, year, month, day, hour, minute, second] = found.map(Number);
  const signedMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  if (nowMs > signedMs + seconds * 1000) throw accessDenied("Request has expired");
}
