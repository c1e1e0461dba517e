import { AwsError } from "./wire/aws-error.ts";
import type { AwsCall } from "./wire/aws-call.ts";
import { createRequestId } from "./wire/request-id.ts";
import type { AwsService } from "./services/aws-service.ts";
import type { FaultGate } from "./faults/fault-gate.ts";

export interface ServiceCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: object;
  /** The role as whom the call is made; `undefined` for a user with test keys. */
  readonly roleArn: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * A call that one service makes to another for the application, such as an event source mapping
 * receiving messages. It is authorised and faulted like a call over HTTP. Answers the output;
 * throws the service's AwsError, or the TransportFailure of a fault.
 */
export type ServiceCaller = (call: ServiceCall) => Promise<object>;

export interface ServiceCallerOptions {
  readonly accountId: string;
  readonly services: readonly AwsService[];
  readonly authorize: (call: AwsCall) => void;
  readonly gate: FaultGate;
}

/** Calls services of the JSON 1.0 protocol. */
export function createServiceCaller(options: ServiceCallerOptions): ServiceCaller {
  const byName = new Map(options.services.map((service) => [service.name, service]));
  return async ({ service: name, operation, region, input, roleArn, signal }) => {
    const service = byName.get(name);
    if (!service) throw new Error(`There is no service ${name}.`);
    const body = Buffer.from(JSON.stringify(input));
    const call: AwsCall = {
      requestId: createRequestId(),
      service: name,
      operation,
      protocol: "json-1.0",
      region,
      accountId: options.accountId,
      accessKeyId: undefined,
      roleArn,
      request: { method: "POST", path: "/", query: new URLSearchParams(), headers: {}, body },
      ...(signal && { signal }),
    };
    options.authorize(call);
    const act = () => service.handle(call);
    const answer = await (options.gate.pass(call, act, signal) ?? act());
    const output = JSON.parse(answer.body.toString() || "{}") as Record<string, unknown>;
    if (answer.status < 300) return output;
    throw new AwsError(
      String(output["__type"]).split("#").at(-1) ?? "InternalFailure",
      String(output["message"] ?? ""),
      answer.status,
    );
  };
}
