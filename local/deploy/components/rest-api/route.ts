import type { ComponentInputs, ResourceReference } from "../component-type.ts";

/** A route that a function or a piece of the document serves. */
export interface Route {
  /** Starts with a slash. */
  readonly path: string;
  /** `ANY`, or an HTTP method in upper case. */
  readonly method: string;
  readonly handler: Handler | undefined;
  /** What stands in the document instead of a function. */
  readonly data: unknown;
  readonly requiredParameters: readonly unknown[];
}

export interface Handler {
  readonly arn: string;
  /** Name or ARN, as AddPermission takes it. */
  readonly functionName: string;
  /** URN of the function, where the program gives the resource. */
  readonly urn: string | undefined;
}

/** Reads a route that has been checked. */
export function readRoute(input: ComponentInputs): Route {
  const path = String(input.path);
  return {
    path: path.startsWith("/") ? path : `/${path}`,
    method: String(input.method).toUpperCase(),
    handler: readHandler(input.eventHandler),
    data: input.data,
    requiredParameters: Array.isArray(input.requiredParameters) ? input.requiredParameters : [],
  };
}

/** A Lambda function: the resource, or its ARN. */
export function readHandler(value: unknown): Handler | undefined {
  if (typeof value === "string") return { arn: value, functionName: value, urn: undefined };
  if (typeof value !== "object" || value === null || !("state" in value)) return undefined;
  const { urn, state } = value as ResourceReference;
  if (typeof state.arn !== "string") return undefined;
  const { arn, name } = state;
  return { arn, functionName: typeof name === "string" ? name : arn, urn };
}
