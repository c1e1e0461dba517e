import { createId } from "../create-id.ts";
import { checkPathPart } from "../path-part.ts";
import type { Resource, RestApi } from "../rest-api.ts";
import { asObject, objectsIn, type Node } from "./node.ts";
import { Problems } from "./problems.ts";
import type { OpenApiDocument } from "./read-document.ts";
import { readOperation } from "./read-operation.ts";
import { readDocumentSettings } from "./read-settings.ts";

export type ImportMode = "merge" | "overwrite";

/** Key in a path of a document → HTTP method of API Gateway. */
const httpMethods: Readonly<Record<string, string>> = {
  ...{ get: "GET", put: "PUT", post: "POST", delete: "DELETE", options: "OPTIONS", head: "HEAD" },
  ...{ patch: "PATCH", "x-amazon-apigateway-any-method": "ANY" },
};

const ofPath = new Set(["parameters", "summary", "description", "servers"]);

/**
 * Gives an API the resources, methods and settings of a document: all or, with one BadRequestException
 * that names everything that is wrong or not served, nothing. Source: API Gateway developer guide,
 * "Develop REST APIs using OpenAPI in API Gateway".
 */
export function importDocument(api: RestApi, document: OpenApiDocument, mode: ImportMode): void {
  const problems = new Problems();
  const settings = readDocumentSettings(document.root, problems);
  const resources = startingResources(api, mode);
  const draft: RestApi = { ...api, resources };
  const declared = new Set<string>();
  for (const [path, node] of objectsIn(document.root["paths"])) {
    const where = `paths.${path}`;
    const resource = problems.watch(where, () => resourceAt(draft, path));
    if (resource) readPath(node, { where, resource, document, declared }, problems);
  }
  problems.throwIfAny();
  // A document that names none leaves the binary types and endpoint of an API that it is merged into.
  const { binaryMediaTypes, gatewayResponses = new Map(), ...rest } = settings;
  const merged = mode === "merge";
  api.settings = {
    ...api.settings,
    ...rest,
    disableExecuteApiEndpoint:
      rest.disableExecuteApiEndpoint || api.settings.disableExecuteApiEndpoint,
    binaryMediaTypes: merged
      ? [...new Set([...api.settings.binaryMediaTypes, ...binaryMediaTypes])]
      : binaryMediaTypes,
    gatewayResponses: merged
      ? new Map([...(api.settings.gatewayResponses ?? []), ...gatewayResponses])
      : gatewayResponses,
  };
  api.resources.clear();
  for (const [id, resource] of resources) api.resources.set(id, resource);
}

function startingResources(api: RestApi, mode: ImportMode): Map<string, Resource> {
  const kept = [...api.resources.values()].filter(
    ({ id }) => mode === "merge" || id === api.rootResourceId,
  );
  return new Map(
    kept.map((resource) => [
      resource.id,
      { ...resource, methods: new Map(mode === "merge" ? resource.methods : []) },
    ]),
  );
}

interface PathPlace {
  readonly where: string;
  readonly resource: Resource;
  readonly document: OpenApiDocument;
  /** Methods that the document has had, with their resources. */
  readonly declared: Set<string>;
}

function readPath(node: Node, place: PathPlace, problems: Problems): void {
  const { where, resource, document, declared } = place;
  for (const [name, value] of Object.entries(node)) {
    const httpMethod = Object.hasOwn(httpMethods, name) ? httpMethods[name] : undefined;
    const operation = asObject(value);
    if (httpMethod !== undefined && operation) {
      const at = { document, where: `${where}.${name}`, httpMethod, resourceId: resource.id };
      const key = `${httpMethod} ${resource.path}`;
      if (declared.has(key)) problems.add(at.where, `${key} stands twice in the document.`);
      declared.add(key);
      const method = readOperation(operation, { ...at, parameters: node["parameters"] }, problems);
      resource.methods.set(httpMethod, method);
    } else if (!ofPath.has(name) && (!name.startsWith("x-") || name.startsWith("x-amazon-")))
      problems.refuse(where, name);
  }
}

/** The resource with this path, made with all above it where they are missing. */
function resourceAt(api: RestApi, path: string): Resource {
  const root = api.resources.get(api.rootResourceId);
  if (!root) throw new Error("An API has no root resource.");
  let parent = root;
  // A slash at the end changes nothing, as it does in requests.
  for (const pathPart of path.replace(/^\//, "").replace(/\/$/, "").split("/")) {
    if (pathPart === "" && parent === root) continue;
    const known = [...api.resources.values()].find(
      (each) => each.parentId === parent.id && each.pathPart === pathPart,
    );
    if (known) {
      parent = known;
      continue;
    }
    checkPathPart(api, parent, pathPart);
    const prefix = parent.path === "/" ? "" : parent.path;
    const made: Resource = {
      id: createId(6),
      parentId: parent.id,
      pathPart,
      path: `${prefix}/${pathPart}`,
      methods: new Map(),
    };
    api.resources.set(made.id, made);
    parent = made;
  }
  return parent;
}
