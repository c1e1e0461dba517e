import type { HttpIntegration, HttpRoute } from "./http-api.ts";
import { readRouteKey, segmentsOf, type RouteKey } from "./route-key.ts";

export interface DeployedRoute {
  readonly route: HttpRoute;
  readonly integration: HttpIntegration | undefined;
}

export interface HttpRouteMatch extends DeployedRoute {
  /** Percent-decoded; `undefined` for a path without parameters. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

interface Candidate extends DeployedRoute {
  readonly key: RouteKey;
}

/**
 * The routes of an API at the time of its deployment. The most specific route that fits path and method
 * wins: fixed segments before parameters before a greedy one, a method before `ANY`, and `$default`
 * last. Source: API Gateway developer guide, "Create routes for HTTP APIs in API Gateway", routing API
 * requests.
 */
export class HttpRouteTable {
  readonly #candidates: readonly Candidate[];
  readonly #otherwise: DeployedRoute | undefined;

  constructor(routes: Iterable<HttpRoute>, integrations: ReadonlyMap<string, HttpIntegration>) {
    const candidates: Candidate[] = [];
    let otherwise: DeployedRoute | undefined;
    for (const route of routes) {
      const integration = integrations.get(route.target?.replace(/^integrations\//, "") ?? "");
      const key = readRouteKey(route.routeKey);
      if (key) candidates.push({ route, integration, key });
      else otherwise = { route, integration };
    }
    this.#candidates = candidates.sort((one, other) => compare(one.key, other.key));
    this.#otherwise = otherwise;
  }

  /** `path` starts with a slash and is without the stage. */
  match(path: string, method: string): HttpRouteMatch | undefined {
    const segments = segmentsOf(path);
    for (const { route, integration, key } of this.#candidates) {
      if (key.method !== method && key.method !== "ANY") continue;
      const parameters = fit(key.segments, segments);
      if (parameters)
        return {
          ...{ route, integration },
          pathParameters: Object.keys(parameters).length > 0 ? parameters : undefined,
        };
    }
    return this.#otherwise && { ...this.#otherwise, pathParameters: undefined };
  }
}

/** The more specific key first. */
function compare(one: RouteKey, other: RouteKey): number {
  for (let at = 0; at < Math.max(one.segments.length, other.segments.length); at++) {
    const difference = rank(one.segments[at]) - rank(other.segments[at]);
    if (difference !== 0) return difference;
  }
  return Number(one.method === "ANY") - Number(other.method === "ANY");
}

function rank(segment: string | undefined): number {
  if (segment === undefined || !segment.startsWith("{")) return 0;
  return segment.endsWith("+}") ? 2 : 1;
}

function fit(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at];
    if (segment === undefined) return undefined;
    if (part.endsWith("+}") && part.startsWith("{")) {
      parameters[part.slice(1, -2)] = decode(segments.slice(at).join("/"));
      return parameters;
    }
    if (part.startsWith("{")) {
      if (segment === "") return undefined;
      parameters[part.slice(1, -1)] = decode(segment);
    } else if (part !== segment) return undefined;
  }
  return pattern.length === segments.length ? parameters : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
