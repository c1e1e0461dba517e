import type { RestInput } from "../rest-json-service.ts";
import { badRequest } from "./api-store.ts";
import { acceptOnly, readRequiredText, readText } from "./input.ts";
import { invalidPatch, type Patch } from "./patch.ts";
import type { Integration } from "./rest-api.ts";

/** Milliseconds. Source: API Gateway quotas for REST APIs, integration timeout. */
const minTimeoutInMillis = 50;
const maxTimeoutInMillis = 29_000;

const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];

const served = [
  ...["type", "httpMethod", "uri", "passthroughBehavior", "timeoutInMillis", "cacheNamespace"],
  ...["connectionType", "responseTransferMode"],
];

/** The integration that PutIntegration sets. */
export function readIntegration(body: RestInput["body"], resourceId: string): Integration {
  acceptOnly(body, "PutIntegration", served);
  const type = readRequiredText(body, "type");
  if (type !== "AWS_PROXY")
    throw badRequest(`The embedded cloud serves integrations of type AWS_PROXY, not '${type}'.`);
  const httpMethod = toHttpMethod(readRequiredText(body, "httpMethod"));
  requireInternet(readText(body, "connectionType"));
  requireBuffered(readText(body, "responseTransferMode"));
  const uri = readRequiredText(body, "uri");
  return {
    uri,
    functionArn: readFunctionArn(uri),
    httpMethod,
    passthroughBehavior: toPassthrough(readText(body, "passthroughBehavior") ?? "WHEN_NO_MATCH"),
    timeoutInMillis: toTimeout(body["timeoutInMillis"] ?? maxTimeoutInMillis),
    cacheNamespace: readText(body, "cacheNamespace") ?? resourceId,
  };
}

/** After one patch operation. Source of the paths: API Gateway API, UpdateIntegration. */
export function patchIntegration(integration: Integration, patch: Patch): Integration {
  const { path: patchPath, value } = patch;
  switch (patchPath) {
    case "/uri":
      return { ...integration, uri: value, functionArn: readFunctionArn(value) };
    case "/httpMethod":
      return { ...integration, httpMethod: toHttpMethod(value) };
    case "/connectionType":
      requireInternet(value);
      return integration;
    case "/responseTransferMode":
      requireBuffered(value);
      return integration;
    case "/passthroughBehavior":
      return { ...integration, passthroughBehavior: toPassthrough(value) };
    case "/timeoutInMillis":
      return { ...integration, timeoutInMillis: toTimeout(Number(value)) };
    case "/cacheNamespace":
      return { ...integration, cacheNamespace: value };
  }
  throw invalidPatch(patch, [
    ...["/uri", "/httpMethod", "/connectionType", "/passthroughBehavior", "/timeoutInMillis"],
    ...["/cacheNamespace", "/responseTransferMode"],
  ]);
}

/** Source of the form: API Gateway API, PutIntegration, `uri` of a Lambda function. */
function readFunctionArn(uri: string): string {
  const pattern =
    /^arn:aws:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;
  const functionArn = pattern.exec(uri)?.[1];
  if (!functionArn || !/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:\S+$/.test(functionArn))
    throw badRequest(
      `Invalid ARN specified in the request: ${uri} must be arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations.`,
    );
  return functionArn;
}

/** API Gateway takes any method, and the requests fail for a function with another than POST. */
function toHttpMethod(httpMethod: string): string {
  if (httpMethods.includes(httpMethod)) return httpMethod;
  throw badRequest(`Invalid HTTP method specified: ${httpMethod}; use ${httpMethods.join(", ")}.`);
}

function requireInternet(connectionType: string | undefined): void {
  if (connectionType && connectionType !== "INTERNET")
    throw badRequest(`The embedded cloud serves connectionType INTERNET, not '${connectionType}'.`);
}

function requireBuffered(mode: string | undefined): void {
  if (mode && mode !== "BUFFERED")
    throw badRequest(`The embedded cloud serves responseTransferMode BUFFERED, not '${mode}'.`);
}

function toPassthrough(behavior: string): string {
  if (["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"].includes(behavior)) return behavior;
  throw badRequest(
    `passthroughBehavior must be WHEN_NO_MATCH, WHEN_NO_TEMPLATES or NEVER, not '${behavior}'.`,
  );
}

function toTimeout(timeoutInMillis: unknown): number {
  if (
    typeof timeoutInMillis === "number" &&
    Number.isInteger(timeoutInMillis) &&
    timeoutInMillis >= minTimeoutInMillis &&
    timeoutInMillis <= maxTimeoutInMillis
  )
    return timeoutInMillis;
  throw badRequest(
    `Timeout should be between ${String(minTimeoutInMillis)} ms and ${String(maxTimeoutInMillis)} ms`,
  );
}

export function integrationToWire(integration: Integration): unknown {
  const { uri, passthroughBehavior, timeoutInMillis, cacheNamespace } = integration;
  const { httpMethod = "POST" } = integration;
  return {
    type: "AWS_PROXY",
    httpMethod,
    uri,
    connectionType: "INTERNET",
    passthroughBehavior,
    timeoutInMillis,
    cacheNamespace,
    cacheKeyParameters: [],
  };
}
