import type { HttpRequest } from "../../wire/http.ts";
import { formatRequestTime, readBody, type HttpFacts } from "./http-facts.ts";

export interface Event2Input {
  readonly request: HttpRequest;
  readonly facts: HttpFacts;
  readonly requestId: string;
  readonly accountId: string;
  /** Id of the API or of the function URL. */
  readonly apiId: string;
  readonly routeKey: string;
  readonly stage: string;
  /** With the stage, where it is a named one. */
  readonly rawPath: string;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
  readonly authorizer?: object | undefined;
}

/**
 * The event of payload format 2.0, in which what is not there is left out. Source: API Gateway
 * developer guide, "Create AWS Lambda proxy integrations for HTTP APIs"; Lambda developer guide,
 * "Invoking Lambda function URLs", request payload format.
 */
export function createEvent2(input: Event2Input) {
  const { request, facts, routeKey, stage, rawPath, authorizer } = input;
  const { query } = request;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: request.rawQuery ?? query.toString(),
    ...(facts.cookies.length > 0 && { cookies: facts.cookies }),
    headers: joined(Object.entries(facts.headers)),
    ...(query.size > 0 && { queryStringParameters: joined(valuesByName(query)) }),
    requestContext: {
      accountId: input.accountId,
      apiId: input.apiId,
      ...(authorizer && { authorizer }),
      domainName: facts.domainName,
      domainPrefix: facts.domainPrefix,
      http: {
        method: request.method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: facts.sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: input.requestId,
      routeKey,
      stage,
      time: formatRequestTime(facts.timeMs),
      timeEpoch: facts.timeMs,
    },
    ...(input.pathParameters && { pathParameters: input.pathParameters }),
    ...(input.stageVariables && { stageVariables: input.stageVariables }),
    ...readBody(request),
  };
}

export function valuesByName(query: URLSearchParams): [name: string, values: string[]][] {
  const names = new Map<string, string[]>();
  for (const [name, value] of query) names.set(name, [...(names.get(name) ?? []), value]);
  return [...names];
}

function joined(
  entries: readonly (readonly [name: string, values: readonly string[]])[],
): Record<string, string> {
  // Any name of a client's is one, `__proto__` as well.
  const values = Object.create(null) as Record<string, string>;
  for (const [name, each] of entries) values[name] = each.join(",");
  return values;
}
