import { serveRestInput } from "../members/serve-input.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";
import { nestsTooDeep } from "../wire/nests-too-deep.ts";
import type { AwsService } from "./aws-service.ts";

export interface RestInput {
  /** Path parameters, percent-decoded. A greedy parameter (`{name+}`) keeps its slashes. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body, `{}` when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RestOperation {
  /** As the API reference names it, such as `CreateExperimentTemplate`. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Such as `/experimentTemplates/{id}`; `{name+}` takes the rest of the path. */
  readonly path: string;
  /** Of two operations with one path, the one whose query holds this value stands first. */
  readonly query?: readonly [name: string, value: string];
  /** HTTP status of a success; 200 unless said otherwise. */
  readonly status?: number;
  /** Answers the output; `undefined` is an empty body. */
  run?(input: RestInput, call: AwsCall): unknown;
  /** Instead of `run`, where the body of the request or of the answer is not a JSON object. */
  answer?(input: Omit<RestInput, "body">, call: AwsCall): HttpAnswer | Promise<HttpAnswer>;
}

export interface RestJsonOptions {
  /** Code of the error for a body that is not JSON. */
  readonly malformedBodyCode?: string;
  close?(): Promise<void>;
}

interface Route {
  readonly operation: RestOperation;
  readonly pattern: RegExp;
}

/** A service of the rest-json protocol, from a table of its operations. */
export function restJsonService(
  name: string,
  operations: readonly RestOperation[],
  options: RestJsonOptions = {},
): AwsService {
  const routes = operations.map((operation): Route => ({
    operation,
    pattern: toPattern(operation.path),
  }));
  const byName = new Map(routes.map((route) => [route.operation.name, route]));
  return {
    name,
    operations: operations.map((operation) => operation.name),
    identify({ method, path, query }) {
      const route = routes.find(
        ({ operation, pattern }) =>
          operation.method === method &&
          pattern.test(path) &&
          (!operation.query || query.get(operation.query[0]) === operation.query[1]),
      );
      return route && { operation: route.operation.name, protocol: "rest-json" };
    },
    async handle(call) {
      const route = byName.get(call.operation);
      if (!route) throw new Error(`No route for ${name}.${call.operation}`);
      const input = {
        params: readParams(route.pattern, call.request.path),
        query: call.request.query,
      };
      if (route.operation.answer) return route.operation.answer(serveRestInput(call, input), call);
      const body = readBody(call.request, options.malformedBodyCode ?? "SerializationException");
      const output = await route.operation.run?.(serveRestInput(call, { ...input, body }), call);
      return {
        status: route.operation.status ?? 200,
        headers: { "content-type": "application/json", "x-amzn-RequestId": call.requestId },
        body: output === undefined ? "" : JSON.stringify(output),
      };
    },
    ...(options.close && { close: options.close }),
  };
}

function toPattern(path: string): RegExp {
  const source = path
    .replace(/[.]/g, "\\.")
    .replace(/\{(\w+)(\+?)\}/g, (_, param: string, greedy: string) =>
      greedy ? `(?<${param}>.+)` : `(?<${param}>[^/]+)`,
    );
  return new RegExp(`^${source}/?$`);
}

function readParams(pattern: RegExp, path: string): Record<string, string> {
  const groups = pattern.exec(path)?.groups ?? {};
  return Object.fromEntries(Object.entries(groups).map(([key, value]) => [key, decode(value)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("ValidationException", `The path has a malformed percent-encoding: ${text}`);
  }
}

function readBody(request: HttpRequest, code: string): Record<string, unknown> {
  if (request.body.length === 0) return {};
  if (nestsTooDeep(request.body))
    throw new AwsError(code, "The request body nests too deep, or has too many parts.");
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString("utf8"));
  } catch {
    throw new AwsError(code, "The request body is not valid JSON.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new AwsError(code, "The request body must be a JSON object.");
  return body as Record<string, unknown>;
}
