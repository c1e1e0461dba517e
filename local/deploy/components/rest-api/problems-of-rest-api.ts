import type { ComponentInputs, FindResource } from "../component-type.ts";
import { UNKNOWN } from "../unknown-value.ts";
import { readHandler } from "./route.ts";

const METHODS = ["ANY", "GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD"];

/** Inputs of the component and of its routes that are applied. */
const APPLIED = new Set([
  ...["routes", "stageName", "swaggerString", "binaryMediaTypes", "gatewayResponses"],
  ...["apiKeySource", "description", "disableExecuteApiEndpoint", "tags"],
]);
const APPLIED_OF_ROUTE = new Set([
  ...["path", "method", "eventHandler", "data", "requiredParameters"],
]);

const REASONS: Readonly<Record<string, string>> = {
  localPath:
    "static routes are files in a bucket, which API Gateway would read with an AWS integration: " +
    "serve them from a function, or leave the route out for the drill",
  target: "the embedded cloud integrates functions only: give the route an eventHandler",
  authorizers: "the embedded cloud has no authorizers",
  iamAuthEnabled: "the embedded cloud serves methods without authorization only",
  apiKeyRequired: "the embedded cloud has no API keys",
  requestValidator: "the embedded cloud validates no requests",
  staticRoutesBucket: "static routes are not served",
  policy: "the embedded cloud has no policies of APIs",
};

/** One sentence for each input of an `aws-apigateway:index:RestAPI` that is not applied. */
export function problemsOfRestApi(inputs: ComponentInputs, find: FindResource): string[] {
  const problems = Object.entries(inputs)
    .filter(([name, value]) => !APPLIED.has(name) && !saysNothing(value))
    .map(([name]) => notApplied(name, name));
  const { apiKeySource, routes, swaggerString } = inputs;
  if (apiKeySource !== undefined && apiKeySource !== "HEADER")
    problems.push(notApplied("apiKeySource", "apiKeyRequired"));
  if (routes === undefined && swaggerString === undefined)
    problems.push("it needs routes or swaggerString.");
  if (routes !== undefined && !Array.isArray(routes) && routes !== UNKNOWN)
    problems.push('the input "routes" is not a list.');
  const list: unknown[] = Array.isArray(routes) ? routes : [];
  return [
    ...problems,
    ...list.flatMap((route, at) => problemsOfRoute(route, `routes.${String(at)}`, find)),
  ];
}

function problemsOfRoute(route: unknown, where: string, find: FindResource): string[] {
  if (typeof route !== "object" || route === null || Array.isArray(route))
    return route === UNKNOWN ? [] : [`the input "${where}" is not a route.`];
  const given = route as ComponentInputs;
  const problems = Object.entries(given)
    .filter(([name, value]) => !APPLIED_OF_ROUTE.has(name) && !saysNothing(value))
    .map(([name]) => notApplied(`${where}.${name}`, name));
  const { path, method, eventHandler, data } = given;
  if (typeof path !== "string") problems.push(`the input "${where}.path" is missing.`);
  if (problems.length > 0) return problems;
  if (eventHandler === undefined && data === undefined)
    return [`the input "${where}" has no eventHandler.`];
  if (!METHODS.includes(String(method).toUpperCase()))
    problems.push(`the input "${where}.method" is none of ${METHODS.join(", ")}.`);
  if (eventHandler !== undefined && !readHandler(eventHandler, find))
    problems.push(
      `the input "${where}.eventHandler" is neither a Lambda function nor the ARN of one.`,
    );
  return problems;
}

function notApplied(where: string, name: string): string {
  const reason = Object.hasOwn(REASONS, name) ? `: ${REASONS[name] ?? ""}` : "";
  return `the input "${where}" is not applied by the in-process engine${reason}.`;
}

/** Whether an input says what holds without it. */
function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return Array.isArray(value) && value.length === 0;
}
