import type { Protocol } from "./aws-call.ts";
import type { HttpRequest } from "./http.ts";

/** Source: AWS service models, protocol restXml. */
const restXmlServices = new Set(["s3", "s3express", "route53", "cloudfront"]);

/** The protocol of a request that no service recognised, so that its error can be read. */
export function guessProtocol({ headers, query }: HttpRequest, service: string): Protocol {
  // An object of S3 may have any content type.
  if (restXmlServices.has(service)) return "rest-xml";
  if (headers["smithy-protocol"] === "rpc-v2-cbor") return "rpc-v2-cbor";
  const contentType = headers["content-type"] ?? "";
  if (contentType.startsWith("application/x-amz-json-1.1")) return "json-1.1";
  if (contentType.startsWith("application/x-amz-json") || headers["x-amz-target"])
    return "json-1.0";
  if (contentType.startsWith("application/x-www-form-urlencoded") || query.has("Action"))
    return "query";
  return "rest-json";
}
