import type { HttpRequest } from "../../wire/http.ts";
import type { Deployment, RestApi, Stage } from "./rest-api.ts";
import type { RouteMatch } from "./route-table.ts";
import { isBinary } from "./binary-media-type.ts";
import { createRequestContext, toIp } from "./request-context.ts";

/** A request with the header names as they came, where the server keeps them. */
type ApiRequest = HttpRequest & { readonly rawHeaders?: readonly string[] };

export interface ProxyRequest {
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** `X-Amzn-Trace-Id` of the request, made where it came without. */
  readonly traceId: string;
  readonly remoteAddress: string;
  readonly accountId: string;
  readonly api: RestApi;
  readonly stage: Stage;
  readonly deployment: Deployment;
  readonly match: RouteMatch;
  /** Without the stage. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
}

type Values = Record<string, string>;
type MultiValues = Record<string, string[]>;

/** Source: API Gateway developer guide, REST API header remapping and dropped headers. */
const dropped = new Set([
  ...["connection", "content-length", "content-md5", "expect", "max-forwards", "server", "te"],
  ...["proxy-authenticate", "trailer", "transfer-encoding", "upgrade", "www-authenticate"],
]);

/** Set by API Gateway itself. */
const own = new Set([
  "x-amzn-trace-id",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

export type ProxyEvent = ReturnType<typeof createProxyEvent>;

/**
 * The event that a Lambda proxy integration gets. Source: API Gateway developer guide, "Input
 * format of a Lambda function for proxy integration".
 */
export function createProxyEvent(input: ProxyRequest) {
  const { request, stage, match, deployment, path } = input;
  const [headers, multiValueHeaders] = readHeaders(input);
  const [query, multiValueQuery] = readQuery(request.query);
  const base64 =
    request.body.length > 0 &&
    isBinary(deployment.settings.binaryMediaTypes, request.headers["content-type"]);
  return {
    resource: match.route.resourcePath,
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: query,
    multiValueQueryStringParameters: multiValueQuery,
    pathParameters: match.pathParameters,
    stageVariables: stage.variables.size > 0 ? Object.fromEntries(stage.variables) : null,
    requestContext: createRequestContext(input),
    body: request.body.length > 0 ? request.body.toString(base64 ? "base64" : "utf8") : null,
    isBase64Encoded: base64,
  };
}

/** A header given twice: `headers` has the last value, `multiValueHeaders` all. */
function readHeaders({ request, remoteAddress, traceId }: ProxyRequest): [Values, MultiValues] {
  const headers = createRecord<string>();
  const multi = createRecord<string[]>();
  const add = (name: string, value: string): void => {
    headers[name] = value;
    const values = multi[name];
    if (values) values.push(value);
    else multi[name] = [value];
  };
  const forward = (name: string, value: string): void => {
    const lower = name.toLowerCase();
    if (!dropped.has(lower) && !own.has(lower)) add(name, value);
  };
  if (request.rawHeaders) {
    const raw = request.rawHeaders;
    for (let index = 0; index < raw.length; index += 2)
      forward(raw[index] ?? "", raw[index + 1] ?? "");
  } else
    for (const [name, value] of Object.entries(request.headers))
      for (const each of Array.isArray(value) ? value : [value ?? ""]) forward(name, each);
  const before = request.headers["x-forwarded-for"];
  const ip = toIp(remoteAddress);
  add("X-Amzn-Trace-Id", traceId);
  add("X-Forwarded-For", before === undefined ? ip : `${String(before)}, ${ip}`);
  add("X-Forwarded-Port", (request.headers.host ?? "").split(":")[1] ?? "80");
  add("X-Forwarded-Proto", "http");
  return [headers, multi];
}

function readQuery(query: URLSearchParams): [Values, MultiValues] | [null, null] {
  if (query.size === 0) return [null, null];
  const values = createRecord<string>();
  const multi = createRecord<string[]>();
  for (const [name, value] of query) {
    values[name] = value;
    (multi[name] ??= []).push(value);
  }
  return [values, multi];
}

/** An object on which any name of a client's is its own, `__proto__` as well. */
function createRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
