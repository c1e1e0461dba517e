import type { HttpRequest } from "./http.ts";

/** What a request's SigV4 credential scope says. Nothing is verified: keys are test keys. */
export interface SignatureScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** Signing name of the service. */
  readonly service: string;
}

/**
 * Reads the scope from the Authorization header, or from the query of a presigned request.
 * Source: AWS Signature Version 4, `Credential=KEY/yyyymmdd/region/service/aws4_request`.
 */
export function readSignatureScope(request: HttpRequest): SignatureScope | undefined {
  const { authorization } = request.headers;
  let credential: string | null | undefined;
  if (authorization) {
    const start = authorization.indexOf("Credential=");
    if (start >= 0) {
      const end = authorization.indexOf(",", start);
      credential = authorization.slice(start + 11, end < 0 ? undefined : end);
    }
  } else {
    credential = request.query.get("X-Amz-Credential");
    if (credential === null) return readVersion2(request.query);
  }
  if (!credential) return undefined;
  const parts = credential.trim().split("/");
  // An access key may itself hold slashes; the scope's four parts are the last ones.
  const [, region, service] = parts.slice(-4);
  if (parts.length < 5 || !region || !service) return undefined;
  return { accessKeyId: parts.slice(0, -4).join("/"), region, service };
}

/**
 * Addresses of S3 are still presigned in the old way by some clients, boto3 among them, which names
 * neither region nor service. Source: S3 User Guide, "Signing and authenticating REST requests".
 */
function readVersion2(query: URLSearchParams): SignatureScope | undefined {
  const accessKeyId = query.get("AWSAccessKeyId");
  if (accessKeyId === null || !query.has("Signature") || !query.has("Expires")) return undefined;
  return { accessKeyId, region: "us-east-1", service: "s3" };
}
