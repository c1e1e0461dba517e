import { readTarget } from "../services/json-service.ts";
import { readForm } from "../services/query-service.ts";
import { guessProtocol } from "../wire/guess-protocol.ts";
import type { HttpRequest } from "../wire/http.ts";
import { readSignatureScope } from "../wire/signature.ts";
import type { Step } from "./step.ts";

/**
 * Names a signed call by its form alone, for an endpoint whose services are not known here. The
 * operation of a rest-json or rest-xml call stays empty, except Lambda's Invoke: a rule that names
 * an operation of such a service does not hit it.
 */
export function createIdentifyByForm({ accountId }: { accountId: string }): Step {
  return (exchange) => {
    const { request } = exchange;
    const scope = readSignatureScope(request);
    if (!scope) return undefined;
    exchange.call = {
      requestId: exchange.requestId,
      service: scope.service,
      operation: operationOf(request, scope.service),
      protocol: guessProtocol(request, scope.service),
      region: scope.region,
      accountId,
      accessKeyId: scope.accessKeyId,
      roleArn: undefined,
      request,
      signal: exchange.signal,
    };
    return undefined;
  };
}

function operationOf(request: HttpRequest, service: string): string {
  const [, target] = readTarget(request.headers["x-amz-target"]);
  if (target !== "") return target;
  const cbor = /^\/service\/\w+\/operation\/(\w+)$/.exec(request.path)?.[1];
  if (cbor !== undefined) return cbor;
  if (service === "lambda" && /^\/2015-03-31\/functions\/[^/]+\/invocations$/.test(request.path))
    return "Invoke";
  return guessProtocol(request, service) === "query" ? (readForm(request)["Action"] ?? "") : "";
}
