import { Readable } from "node:stream";
import { toSigningName } from "./faults/service-name.ts";
import type { FaultGate } from "./faults/fault-gate.ts";
import type { ServiceCall, ServiceCaller } from "./service-caller.ts";
import type { AwsService } from "./services/aws-service.ts";
import { AwsError } from "./wire/aws-error.ts";
import type { AwsCall } from "./wire/aws-call.ts";
import type { HttpAnswer, HttpRequest } from "./wire/http.ts";
import { createRequestId } from "./wire/request-id.ts";
import { unknownOperation } from "./wire/unknown-operation.ts";
import { writeError } from "./wire/write-error.ts";

export interface SdkCallerOptions {
  readonly accountId: string;
  /** Asked at each call, as the services know each other. */
  services(): readonly AwsService[];
  readonly authorize: (call: AwsCall) => void;
  readonly gate: FaultGate;
}

/** Signing name, or that of one of its APIs → the SDK's client, loaded when it is first needed. */
const clients: Readonly<Record<string, () => Promise<object>>> = {
  apigateway: () => import("@aws-sdk/client-api-gateway"),
  apigatewayv2: () => import("@aws-sdk/client-apigatewayv2"),
  dynamodb: () => import("@aws-sdk/client-dynamodb"),
  events: () => import("@aws-sdk/client-eventbridge"),
  fis: () => import("@aws-sdk/client-fis"),
  iam: () => import("@aws-sdk/client-iam"),
  kms: () => import("@aws-sdk/client-kms"),
  lambda: () => import("@aws-sdk/client-lambda"),
  logs: () => import("@aws-sdk/client-cloudwatch-logs"),
  monitoring: () => import("@aws-sdk/client-cloudwatch"),
  s3: () => import("@aws-sdk/client-s3"),
  sns: () => import("@aws-sdk/client-sns"),
  sqs: () => import("@aws-sdk/client-sqs"),
  ssm: () => import("@aws-sdk/client-ssm"),
  sts: () => import("@aws-sdk/client-sts"),
};

/** Signing names of the services that can be called. */
export const sdkServices: readonly string[] = Object.keys(clients);

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface SdkClient {
  send(command: object): Promise<object>;
}

type Constructor = new (input: object) => object;

/**
 * Calls any operation of any service, in whatever protocol: the SDK's own client writes the request
 * and reads the answer, and what would be its connection hands it to the service in this process.
 */
export function createSdkCaller(options: SdkCallerOptions): ServiceCaller {
  return async (call) => {
    const lower = call.service.toLowerCase();
    const service = Object.hasOwn(clients, lower) ? lower : toSigningName(lower);
    const load = clients[service];
    if (!load) throw new Error(`There is no service ${call.service}.`);
    const exported = (await load()) as Readonly<Record<string, unknown>>;
    const Command = exported[`${call.operation}Command`] as Constructor | undefined;
    if (!Command)
      throw new AwsError("InvalidAction", `${call.service} has no operation ${call.operation}.`);
    const name = Object.keys(exported).find((each) => /^[A-Za-z]+Client$/.test(each)) ?? "";
    const client = new (exported[name] as Constructor)({
      region: call.region,
      endpoint: "http://127.0.0.1",
      credentials: { accessKeyId: "internal", secretAccessKey: "internal" },
      maxAttempts: 1,
      requestHandler: { handle: (request: SdkRequest) => pass(request, service, call, options) },
    }) as SdkClient;
    const command = new Command(call.input);
    const unknown = unknownMember(command, call.input);
    if (unknown !== undefined)
      throw new AwsError("ValidationException", `${call.operation} has no input ${unknown}.`);
    try {
      return toJson(await client.send(command)) as object;
    } catch (error) {
      throw toAwsError(error);
    }
  };
}

/** A member that the operation does not have, which the SDK would drop in silence. */
function unknownMember(command: object, input: object): string | undefined {
  const schema = "schema" in command ? (command.schema as readonly unknown[]) : [];
  const shape = typeof schema[4] === "function" ? (schema[4]() as unknown) : schema[4];
  const members: unknown = Array.isArray(shape) ? shape[4] : undefined;
  if (!Array.isArray(members)) return undefined;
  return Object.keys(input).find((name) => !members.includes(name));
}

async function pass(
  sent: SdkRequest,
  service: string,
  asked: ServiceCall,
  { services, accountId, authorize, gate }: SdkCallerOptions,
): Promise<{ response: object }> {
  const found = services().find(({ name }) => name === service);
  const request = toHttpRequest(sent);
  const identified = found?.identify(request);
  const call: AwsCall = {
    requestId: createRequestId(),
    service: found?.signingName ?? service,
    ...(found?.signingName !== undefined && { api: found.name }),
    operation: identified?.operation ?? asked.operation,
    protocol: identified?.protocol ?? "rest-json",
    ...{ region: asked.region, accountId, accessKeyId: undefined, roleArn: asked.roleArn, request },
    ...(asked.signal && { signal: asked.signal }),
  };
  try {
    if (!found || !identified) throw unknownOperation(call);
    authorize(call);
    const act = () => found.handle(call);
    return toResponse((await gate.pass(call, act, asked.signal)) ?? (await act()));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return toResponse(writeError(error, call));
  }
}

function toHttpRequest({ method, path, query = {}, headers, body }: SdkRequest): HttpRequest {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of [value].flat()) search.append(name, each ?? "");
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...{ method, path, query: search },
    headers: Object.fromEntries(lower) as Record<string, string>,
    body: toBuffer(body ?? ""),
  };
}

/** The SDK's bytes also have the methods of a text, and print a warning when one is called. */
function toBuffer(body: string | Uint8Array): Buffer {
  if (typeof body === "string") return Buffer.from(body);
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function toResponse({ status, headers, body }: HttpAnswer): { response: object } {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    response: {
      statusCode: status,
      headers: Object.fromEntries(lower) as Record<string, string>,
      body: Readable.from([Buffer.from(body)]),
    },
  };
}

/** What a selector can pick from: no metadata, times as ISO 8601, bytes as text. */
function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, each]) => name !== "$metadata" && each !== undefined)
      .map(([name, each]) => [name, toJson(each)]),
  );
}

function toAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || !("$metadata" in error)) return error;
  const { httpStatusCode = 400 } = error.$metadata as { httpStatusCode?: number };
  return new AwsError(error.name, error.message, httpStatusCode);
}
