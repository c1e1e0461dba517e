import { createEvent2, valuesByName, type Event2Input } from "../http-payload/create-event-2.ts";
import { formatRequestTime, readBody } from "../http-payload/http-facts.ts";
import type { HttpIntegration } from "./http-api.ts";

export interface HttpEventInput extends Event2Input {
  /** Of the answer, in `apigw-requestid`. */
  readonly extendedRequestId: string;
  /** Path of the route, or `$default`. */
  readonly resource: string;
}

/** The event that an integration's function gets, in the payload format that it asks for. */
export function createHttpEvent(
  format: HttpIntegration["payloadFormatVersion"],
  input: HttpEventInput,
): object {
  return format === "2.0" ? createEvent2(input) : createEvent1(input);
}

/**
 * Source: API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs", payload
 * format 1.0.
 */
function createEvent1(input: HttpEventInput) {
  const { request, facts, resource, rawPath, stage } = input;
  const headers: [string, readonly string[]][] = Object.entries(facts.headers);
  if (facts.cookies.length > 0) headers.push(["cookie", [facts.cookies.join("; ")]]);
  const query = valuesByName(request.query);
  const { body, isBase64Encoded } = readBody(request);
  return {
    version: "1.0",
    resource,
    path: rawPath,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: record(headers),
    queryStringParameters: query.length > 0 ? lastOf(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? record(query) : null,
    requestContext: {
      accountId: input.accountId,
      apiId: input.apiId,
      authorizer: { claims: null, scopes: null },
      domainName: facts.domainName,
      domainPrefix: facts.domainPrefix,
      extendedRequestId: input.extendedRequestId,
      httpMethod: request.method,
      identity: {
        ...{ accessKey: null, accountId: null, caller: null, cognitoAuthenticationProvider: null },
        ...{ cognitoAuthenticationType: null, cognitoIdentityId: null },
        ...{ cognitoIdentityPoolId: null, principalOrgId: null, sourceIp: facts.sourceIp },
        ...{ user: null, userAgent: request.headers["user-agent"] ?? "", userArn: null },
      },
      path: rawPath,
      protocol: "HTTP/1.1",
      requestId: input.extendedRequestId,
      requestTime: formatRequestTime(facts.timeMs),
      requestTimeEpoch: facts.timeMs,
      resourceId: input.routeKey,
      resourcePath: resource,
      stage,
    },
    pathParameters: input.pathParameters ?? null,
    stageVariables: input.stageVariables ?? null,
    body: body ?? null,
    isBase64Encoded,
  };
}

function lastOf(
  entries: readonly (readonly [string, readonly string[]])[],
): Record<string, string> {
  return record(entries.map(([name, values]): [string, string] => [name, values.at(-1) ?? ""]));
}

function record<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  // Any name of a client's is one, `__proto__` as well.
  const values = Object.create(null) as Record<string, T>;
  for (const [name, value] of entries) values[name] = value;
  return values;
}
