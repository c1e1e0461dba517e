import type { AwsService } from "../services/aws-service.ts";
import type { Log } from "../log.ts";
import type { AwsCall, Protocol } from "../wire/aws-call.ts";
import type { AwsError } from "../wire/aws-error.ts";
import { guessProtocol } from "../wire/guess-protocol.ts";
import type { HttpRequest } from "../wire/http.ts";
import { operationByForm } from "./operation-by-form.ts";
import { serviceByForm } from "./service-by-form.ts";
import { askedOf, unknownOperation } from "../wire/unknown-operation.ts";
import { readSignatureScope } from "../wire/signature.ts";
import type { Step } from "./step.ts";

export interface IdentifyOptions {
  readonly services: readonly AwsService[];
  readonly accountId: string;
  /** Region of a call that is not signed. */
  readonly defaultRegion: string;
  /** The role whose credentials an access key is part of. */
  roleArnOf(accessKeyId: string): string | undefined;
  readonly log: Log;
}

/**
 * Finds out which operation of which service a request asks for. A call that no service here
 * answers is named by its form, so that rules hit it like any other; `dispatch` refuses it then.
 */
export function createIdentify(options: IdentifyOptions): Step {
  const bySigningName = Map.groupBy(options.services, signingNameOf);
  return (exchange) => {
    const { request } = exchange;
    const scope = readSignatureScope(request);
    const signed = scope && bySigningName.get(scope.service);
    const [service, found] = signed
      ? findService(signed, request)
      : scope
        ? []
        : findUnsigned(options.services, request);
    const name =
      (service && signingNameOf(service)) ?? scope?.service ?? serviceByForm(request) ?? "";
    const protocol = found?.protocol ?? guessProtocol(request, name);
    const call: AwsCall = {
      requestId: exchange.requestId,
      service: name,
      ...(service && service.name !== name && { api: service.name }),
      operation: found?.operation ?? operationByForm(request, name, protocol),
      protocol,
      region: scope?.region ?? options.defaultRegion,
      accountId: options.accountId,
      accessKeyId: scope?.accessKeyId,
      roleArn: scope && options.roleArnOf(scope.accessKeyId),
      request,
      signal: exchange.signal,
    };
    exchange.call = call;
    if (!found) exchange.refuse = () => refusalOf(call, options.log);
    return undefined;
  };
}

function signingNameOf({ name, signingName }: AwsService): string {
  return signingName ?? name;
}

/** Of the services of one signing name the one that has the operation, or else any. */
function findService(
  services: readonly AwsService[],
  request: HttpRequest,
): [AwsService | undefined, ReturnType<AwsService["identify"]>] {
  for (const service of services) {
    const found = service.identify(request);
    if (found) return [service, found];
  }
  return [services[0], undefined];
}

function findUnsigned(
  services: readonly AwsService[],
  request: HttpRequest,
): [AwsService, { operation: string; protocol: Protocol }] | [] {
  for (const service of services) {
    const found = service.identify(request);
    if (found) return [service, found];
  }
  return [];
}

function refusalOf(call: AwsCall, log: Log): AwsError {
  log({
    event: "unknown-operation",
    service: call.service,
    operation: askedOf(call),
    requestId: call.requestId,
  });
  return unknownOperation(call);
}
