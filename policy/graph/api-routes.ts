import type { PolicyResource } from "@pulumi/policy";
import * as aws from "@pulumi/aws";
import { type Found, follow, ofClass } from "./find.ts";
import type { LambdaFunction } from "./queues.ts";
import { ifKnown, UNKNOWN } from "./unknown.ts";

/** API Gateway Developer Guide, "Quotas for REST APIs": the default, and the most without a quota. */
export const GATEWAY_TIMEOUT_MS = 29_000;

/** A method of a REST API that a function of the same stack answers. */
export interface ApiRoute {
  readonly integration: Found<aws.apigateway.Integration>;
  readonly fn: LambdaFunction;
  readonly timeoutMs: number;
}

/** @returns every integration of a REST API with a function of the stack. */
export function apiRoutes(resources: readonly PolicyResource[]): ApiRoute[] {
  return ofClass(resources, aws.apigateway.Integration).flatMap((integration) => {
    const { resource: from, props } = integration;
    const fn = follow(resources, {
      from,
      property: "uri",
      value: ifKnown(() => props.uri),
      to: aws.lambda.Function,
    });
    const timeoutMs = ifKnown(() => props.timeoutMilliseconds ?? GATEWAY_TIMEOUT_MS);
    return fn && timeoutMs !== UNKNOWN ? [{ integration, fn, timeoutMs }] : [];
  });
}
