import { badRequest } from "../apigateway/api-store.ts";

const methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

export interface RouteKey {
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * The parts of a route key; `undefined` for `$default`. Throws BadRequestException for what is none.
 * Source: API Gateway developer guide, "Create routes for HTTP APIs in API Gateway".
 */
export function readRouteKey(routeKey: string): RouteKey | undefined {
  if (routeKey === "$default") return undefined;
  const [, method = "", path = ""] = /^([A-Z]+) (\/\S*)$/.exec(routeKey) ?? [];
  const segments = segmentsOf(path);
  const isPath = segments.every(
    (segment, at) =>
      /^(?:[^{}]*|\{[^{}+]+\})$/.test(segment) ||
      (/^\{[^{}+]+\+\}$/.test(segment) && at === segments.length - 1),
  );
  if (!methods.includes(method) || path === "" || !isPath)
    throw badRequest(
      `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default": ${routeKey}`,
    );
  return { method, segments };
}

/** `/` has none. */
export function segmentsOf(path: string): string[] {
  return path === "/" || path === "" ? [] : path.slice(1).split("/");
}
