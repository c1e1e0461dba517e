import type { ComponentInputs, FindResource, ResourceReference } from "../component-type.ts";
import { hasUnknown } from "../unknown-value.ts";

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
export function readRoute(input: ComponentInputs, find: FindResource): Route {
  const path = String(input.path);
  return {
    path: path.startsWith("/") ? path : `/${path}`,
    method: String(input.method).toUpperCase(),
    handler: readHandler(input.eventHandler, find),
    data: input.data,
    requiredParameters: Array.isArray(input.requiredParameters) ? input.requiredParameters : [],
  };
}

/** A Lambda function: the resource, its id, which is its name, or its ARN. */
export function readHandler(value: unknown, find: FindResource): Handler | undefined {
  if (typeof value === "string") {
    const found = find("aws:lambda/function:Function", value);
    if (found) return readHandler(found, find);
    const isArn = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:/.test(value);
    return isArn || hasUnknown(value)
      ? { arn: value, functionName: value, urn: undefined }
      : undefined;
  }
  if (typeof value !== "object" || value === null || !("state" in value)) return undefined;
  const { urn, state } = value as ResourceReference;
  if (typeof state.arn !== "string") return undefined;
  const { arn, name } = state;
  return { arn, functionName: typeof name === "string" ? name : arn, urn };
}
