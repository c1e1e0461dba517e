import { guessProtocol } from "../wire/guess-protocol.ts";
import { operationByForm } from "./operation-by-form.ts";
import { readSignatureScope } from "../wire/signature.ts";
import type { Step } from "./step.ts";

/**
 * Names a signed call by its form alone, for an endpoint whose services are not known here. The
 * operation of a REST service that `restOperation` does not know stays empty: a rule that names an
 * operation of such a service does not hit it.
 */
export function createIdentifyByForm({ accountId }: { accountId: string }): Step {
  return (exchange) => {
    const { request } = exchange;
    const scope = readSignatureScope(request);
    if (!scope) return undefined;
    const protocol = guessProtocol(request, scope.service);
    exchange.call = {
      requestId: exchange.requestId,
      service: scope.service,
      operation: operationByForm(request, scope.service, protocol),
      protocol,
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
