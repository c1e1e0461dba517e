import type { HttpRequest } from "./http.ts";
import { s3Address } from "./s3-address.ts";
import restRoutes from "./rest-routes.json" with { type: "json" };

interface Route {
  readonly operation: string;
  readonly segments: readonly string[];
  /** Name and value; `undefined`: any value. */
  readonly query: readonly (readonly [string, string | undefined])[];
  readonly header: string | undefined;
}

/** How much a route says; of the routes that a request fits, the one that says most is meant. */
const weightOfLiteral = 1000;
const weightOfQuery = 10;

const table: Readonly<Record<string, readonly string[]>> = restRoutes;
const compiled = new Map<string, ReadonlyMap<string, readonly Route[]>>();

/**
 * Which operation of a rest-json or rest-xml service a request asks for, by its method, path and
 * query; `undefined` for a service that is not in the table (`rest-routes.json`: the services that
 * applications call most) and for a request that fits no route of it.
 * Source of the routes: HTTP bindings of the AWS service models.
 */
export function restOperation(request: HttpRequest, service: string): string | undefined {
  const isS3 = service === "s3" || service === "s3express";
  const routes = routesOf(isS3 ? "s3" : service)?.get(request.method);
  if (!routes) return undefined;
  const segments = segmentsOf(isS3 ? pathOf(request) : request.path);
  let best: Route | undefined;
  let bestWeight = -1;
  for (const route of routes) {
    const weight = weigh(route, segments, request);
    if (weight <= bestWeight) continue;
    best = route;
    bestWeight = weight;
  }
  return best?.operation;
}

/** A bucket may stand in the host's name; then it is no part of the path. */
function pathOf(request: HttpRequest): string {
  const { bucket, isVirtual } = s3Address(request);
  return isVirtual ? `/${bucket}${request.path}` : request.path;
}

/** -1: the request does not fit. */
function weigh(route: Route, segments: readonly string[], request: HttpRequest): number {
  let weight = 0;
  const last = route.segments.at(-1);
  const isGreedy = last?.endsWith("+}") === true;
  if (
    isGreedy ? segments.length < route.segments.length : segments.length !== route.segments.length
  )
    return -1;
  for (const [index, segment] of route.segments.entries()) {
    if (segment.startsWith("{")) continue;
    if (segment !== segments[index]) return -1;
    weight += weightOfLiteral;
  }
  for (const [name, value] of route.query) {
    if (value === undefined ? !request.query.has(name) : request.query.get(name) !== value)
      return -1;
    weight += weightOfQuery;
  }
  if (route.header !== undefined) {
    if (request.headers[route.header] === undefined) return -1;
    weight += weightOfQuery;
  }
  return isGreedy ? weight : weight + 1;
}

function routesOf(service: string): ReadonlyMap<string, readonly Route[]> | undefined {
  const known = compiled.get(service);
  if (known || !Object.hasOwn(table, service)) return known;
  const byMethod = new Map<string, Route[]>();
  for (const line of table[service] ?? []) {
    const [method = "", uri = "", ...rest] = line.split(" ");
    const [path = "", query = ""] = uri.split("?");
    const header = rest.find((each) => each.startsWith("@"))?.slice(1);
    const route = {
      operation: rest.at(-1) ?? "",
      segments: segmentsOf(path),
      query: query
        .split("&")
        .filter((each) => each !== "")
        .map((each) => {
          const [name = "", value] = each.split("=");
          return [name, value] as const;
        }),
      header,
    };
    byMethod.set(method, [...(byMethod.get(method) ?? []), route]);
  }
  compiled.set(service, byMethod);
  return byMethod;
}

function segmentsOf(path: string): string[] {
  const inner = path.replace(/^\//, "").replace(/\/$/, "");
  return inner === "" ? [] : inner.split("/");
}
