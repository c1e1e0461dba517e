import type { Integration, Resource } from "./rest-api.ts";

/** A method of a deployed API, ready to be invoked. */
export interface Route {
  readonly resourceId: string;
  /** Path of the resource, such as `/products/{id}`. */
  readonly resourcePath: string;
  /** As configured: an HTTP method, or `ANY`. */
  readonly httpMethod: string;
  readonly integration: Integration;
}

export interface RouteMatch {
  readonly route: Route;
  /** Still percent-encoded, as REST APIs hand them on; `null` for a path without parameters. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

interface Node {
  readonly children: Map<string, Node>;
  variable?: { readonly name: string; readonly node: Node };
  greedy?: { readonly name: string; readonly node: Node };
  methods?: ReadonlyMap<string, Route>;
}

/**
 * The methods of an API at the time of its deployment. The most specific resource that has a method
 * wins: a fixed path before a parameter before a greedy one. Source: API Gateway developer guide,
 * "Set up a proxy integration with a proxy resource".
 */
export class RouteTable {
  /** Method summaries by resource path, as GetDeployment embeds them. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly #root: Node = { children: new Map() };
  readonly #fixed = new Map<string, ReadonlyMap<string, Route>>();

  constructor(resources: Iterable<Resource>) {
    const paths = new Map<string, readonly string[]>();
    for (const resource of resources) {
      const methods = toRoutes(resource);
      if (methods.size === 0) continue;
      paths.set(resource.path, [...methods.keys()]);
      this.#add(resource.path, methods);
    }
    this.paths = paths;
  }

  /** `path` starts with a slash and is without the stage; a trailing slash changes nothing. */
  match(path: string, httpMethod: string): RouteMatch | undefined {
    const fixed = this.#fixed.get(path);
    if (fixed) return pick(fixed, httpMethod, null);
    const segments = toSegments(path);
    const parameters: Record<string, string> = {};
    const methods = find(this.#root, segments, 0, parameters);
    if (!methods) return undefined;
    return pick(methods, httpMethod, Object.keys(parameters).length > 0 ? parameters : null);
  }

  #add(path: string, methods: ReadonlyMap<string, Route>): void {
    let node = this.#root;
    let fixed = true;
    for (const segment of toSegments(path)) {
      fixed &&= !segment.startsWith("{");
      node = step(node, segment);
    }
    node.methods = methods;
    if (fixed) this.#fixed.set(path, methods);
  }
}

function toRoutes({ id, path, methods }: Resource): Map<string, Route> {
  const routes = new Map<string, Route>();
  for (const { httpMethod, integration } of methods.values())
    if (integration)
      routes.set(httpMethod, { resourceId: id, resourcePath: path, httpMethod, integration });
  return routes;
}

function pick(
  methods: ReadonlyMap<string, Route>,
  httpMethod: string,
  pathParameters: RouteMatch["pathParameters"],
): RouteMatch | undefined {
  const route = methods.get(httpMethod) ?? methods.get("ANY");
  return route && { route, pathParameters };
}

function toSegments(path: string): string[] {
  const end = path.endsWith("/") ? path.length - 1 : path.length;
  return end <= 1 ? [] : path.slice(1, end).split("/");
}

function step(node: Node, segment: string): Node {
  if (segment.startsWith("{")) {
    const greedy = segment.endsWith("+}");
    const key = greedy ? "greedy" : "variable";
    const name = segment.slice(1, greedy ? -2 : -1);
    return (node[key] ??= { name, node: { children: new Map() } }).node;
  }
  const known = node.children.get(segment);
  if (known) return known;
  const child: Node = { children: new Map() };
  node.children.set(segment, child);
  return child;
}

function find(
  node: Node,
  segments: readonly string[],
  index: number,
  parameters: Record<string, string>,
): ReadonlyMap<string, Route> | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.methods;
  const child = node.children.get(segment);
  const byName = child && find(child, segments, index + 1, parameters);
  if (byName) return byName;
  if (node.variable && segment !== "") {
    const byVariable = find(node.variable.node, segments, index + 1, parameters);
    if (byVariable) {
      parameters[node.variable.name] = segment;
      return byVariable;
    }
  }
  if (!node.greedy?.node.methods) return undefined;
  parameters[node.greedy.name] = segments.slice(index).join("/");
  return node.greedy.node.methods;
}
