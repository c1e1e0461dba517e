import { readForm } from "../services/query-service.ts";
import { readTarget } from "../services/json-service.ts";
import type { AwsService } from "../services/aws-service.ts";
import type { Log } from "../log.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { AwsCall, Protocol } from "../wire/aws-call.ts";
import { guessProtocol } from "../wire/guess-protocol.ts";
import type { HttpRequest } from "../wire/http.ts";
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

/** Finds out which operation of which service a request asks for. */
export function createIdentify(options: IdentifyOptions): Step {
  const byName = new Map(options.services.map((service) => [service.name, service]));
  return (exchange) => {
    const { request } = exchange;
    const scope = readSignatureScope(request);
    const signed = scope && byName.get(scope.service);
    const [service, found] = signed
      ? [signed, signed.identify(request)]
      : scope
        ? []
        : findUnsigned(options.services, request);
    const name = service?.name ?? scope?.service ?? "";
    const call: AwsCall = {
      requestId: exchange.requestId,
      service: name,
      operation: found?.operation ?? "",
      protocol: found?.protocol ?? guessProtocol(request, name),
      region: scope?.region ?? options.defaultRegion,
      accountId: options.accountId,
      accessKeyId: scope?.accessKeyId,
      roleArn: scope && options.roleArnOf(scope.accessKeyId),
      request,
      signal: exchange.signal,
    };
    exchange.call = call;
    if (found) return undefined;
    throw unknownOperation(call, options.log);
  };
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

/** The error that the service itself answers for an operation that it does not have. */
function unknownOperation(call: AwsCall, log: Log): AwsError {
  const { request } = call;
  const [, target] = readTarget(request.headers["x-amz-target"]);
  const asked =
    call.protocol === "query"
      ? (readForm(request)["Action"] ?? "")
      : target || `${request.method} ${request.path}`;
  log({
    event: "unknown-operation",
    service: call.service,
    operation: asked,
    requestId: call.requestId,
  });
  if (call.service === "")
    return new AwsError(
      "MissingAuthenticationTokenException",
      "The request is not signed and no service of this endpoint knows its form.",
      403,
    );
  switch (call.protocol) {
    case "json-1.0":
    case "json-1.1":
    case "rpc-v2-cbor":
      return new AwsError(
        "UnknownOperationException",
        `${call.service} has no operation ${asked} here.`,
        400,
      );
    case "query":
      return new AwsError(
        "InvalidAction",
        `The action ${asked} is not valid for this endpoint.`,
        400,
      );
    case "rest-json":
      return new AwsError(
        "UnknownOperationException",
        `${call.service} has no operation for ${asked} here.`,
        404,
      );
    case "rest-xml":
      return new AwsError(
        "NotImplemented",
        `${call.service} has no operation for ${asked} here.`,
        501,
      );
  }
}
