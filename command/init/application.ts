import type { RecordedResource } from "../../policy/evaluate/recorded-resource.ts";

/** A resource by the name that the program gives it. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

export interface Table extends Named {
  readonly keys: readonly { readonly name: string; readonly type: string }[];
}

export interface Queue extends Named {
  readonly isFifo: boolean;
  /** Whether another queue gives up into it. */
  readonly isDeadLetterQueue: boolean;
}

/** Where the program's APIs take requests, such as `POST /items/{id}`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** What the resources of a program tell about writing into it and reading from it. */
export interface Application {
  readonly project: string;
  /** Names of the outputs that are addresses. */
  readonly urlOutputs: readonly string[];
  readonly routes: readonly Route[];
  readonly tables: readonly Table[];
  readonly queues: readonly Queue[];
  readonly topics: readonly Named[];
  readonly buckets: readonly Named[];
}

/** @param outputs of the program; a value may be unknown, its name is not */
export function readApplication(
  project: string,
  resources: readonly RecordedResource[],
  outputs: Readonly<Record<string, unknown>>,
): Application {
  const of = (pattern: RegExp) => resources.filter(({ type }) => pattern.test(type));
  return {
    project,
    urlOutputs: Object.entries(outputs).flatMap(([name, value]) =>
      isAddress(name, value) ? [name] : [],
    ),
    routes: readRoutes(resources),
    tables: of(/^aws:dynamodb\/table:Table$/).map((each) => ({
      ...named(each),
      keys: keysOf(each),
    })),
    queues: of(/^aws:sqs\/queue:Queue$/).map((each) => ({
      ...named(each),
      isFifo: each.inputs.fifoQueue === true,
      isDeadLetterQueue: resources.some((other) => givesUpInto(other, each)),
    })),
    topics: of(/^aws:sns\/topic:Topic$/).map(named),
    buckets: of(/^aws:s3\/bucket(V2)?:Bucket(V2)?$/).map(named),
  };
}

function named({ type, name }: RecordedResource): Named {
  return { type, name };
}

function isAddress(name: string, value: unknown): boolean {
  return typeof value === "string"
    ? /^(https?:\/\/)/.test(value) && !value.startsWith("https://sqs.")
    : value === undefined &&
        /(url|uri|endpoint|address)$/i.test(name) &&
        !/queue|topic/i.test(name);
}

function keysOf({ inputs }: RecordedResource): Table["keys"] {
  const types = new Map(
    list(inputs.attributes).map(({ name, type }) => [String(name), String(type)] as const),
  );
  return [inputs.hashKey, inputs.rangeKey].flatMap((name) =>
    typeof name === "string" ? [{ name, type: types.get(name) ?? "S" }] : [],
  );
}

/** Whether `other` has a redrive policy or the like that depends on a queue. */
function givesUpInto(other: RecordedResource, queue: RecordedResource): boolean {
  return ["redrivePolicy", "deadLetterConfig", "deadLetterTargetArn"].some(
    (input) =>
      other.urn !== queue.urn && other.propertyDependencies[input]?.includes(queue.urn) === true,
  );
}

function readRoutes(resources: readonly RecordedResource[]): Route[] {
  return resources.flatMap((resource) => {
    const { type, inputs } = resource;
    if (type === "aws:apigatewayv2/route:Route") return routeOfKey(inputs.routeKey);
    if (type === "aws:apigateway/method:Method")
      return [{ method: String(inputs.httpMethod), path: pathOfMethod(resource, resources) }];
    if (type === "aws-apigateway:index:RestAPI")
      return list(inputs.routes).flatMap(({ path, method }) =>
        typeof path === "string" ? [{ method: String(method ?? "ANY"), path }] : [],
      );
    return [];
  });
}

/** Of an HTTP API's route: `POST /items`; others are of WebSockets, or `$default`. */
function routeOfKey(key: unknown): Route[] {
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(String(key)) ?? [];
  return method === undefined || path === undefined ? [] : [{ method, path }];
}

/** Follows the method's resource and its parents, which depend on one another, to the root. */
function pathOfMethod(method: RecordedResource, resources: readonly RecordedResource[]): string {
  const parts: string[] = [];
  let dependencies = method.propertyDependencies.resourceId ?? [];
  for (;;) {
    const part = resources.find(
      ({ type, urn }) => type === "aws:apigateway/resource:Resource" && dependencies.includes(urn),
    );
    if (part === undefined) return `/${parts.join("/")}`;
    parts.unshift(String(part.inputs.pathPart));
    dependencies = (part.propertyDependencies.parentId ?? []).filter((urn) => urn !== part.urn);
  }
}

function list(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
