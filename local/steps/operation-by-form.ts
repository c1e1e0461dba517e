import { readTarget } from "../services/json-service.ts";
import { readForm } from "../services/query-service.ts";
import type { Protocol } from "../wire/aws-call.ts";
import type { HttpRequest } from "../wire/http.ts";
import { restOperation } from "../wire/rest-operation.ts";

/**
 * The operation that a request asks for, whether or not its service is served here. Empty where the
 * request does not say: only for services of the REST protocols that `restOperation` does not know.
 */
export function operationByForm(request: HttpRequest, service: string, protocol: Protocol): string {
  switch (protocol) {
    case "json-1.0":
    case "json-1.1":
      return readTarget(request.headers["x-amz-target"])[1];
    case "rpc-v2-cbor":
      return /^\/service\/\w+\/operation\/(\w+)$/.exec(request.path)?.[1] ?? "";
    case "query":
      return readForm(request)["Action"] ?? "";
    case "rest-json":
    case "rest-xml":
      return restOperation(request, service) ?? "";
  }
}
