import { readIntegration } from "../integration.ts";
import type { Method, MethodResponse } from "../rest-api.ts";
import { asObject, listIn, objectsIn, type Node } from "./node.ts";
import type { OpenApiDocument } from "./read-document.ts";
import type { Problems } from "./problems.ts";

export interface OperationPlace {
  readonly document: OpenApiDocument;
  /** Such as `paths./orders.post`. */
  readonly where: string;
  readonly httpMethod: string;
  readonly resourceId: string;
  /** Parameters of the whole path. */
  readonly parameters: unknown;
}

/** Members of an operation that are read here, or that change nothing of what an API answers. */
const known = new Set([
  ...["operationId", "parameters", "responses", "security", "summary", "description", "tags"],
  ...["externalDocs", "deprecated", "consumes", "produces", "schemes", "requestBody", "servers"],
  ...["x-amazon-apigateway-integration", "x-amazon-apigateway-auth"],
]);

/** The method that an operation of a document describes. */
export function readOperation(operation: Node, place: OperationPlace, problems: Problems): Method {
  const { where, httpMethod, document } = place;
  for (const name of Object.keys(operation)) {
    if (known.has(name)) continue;
    if (!name.startsWith("x-") || name.startsWith("x-amazon-apigateway-"))
      problems.refuse(where, name);
  }
  refuseAuthorization(operation, place, problems);
  const { operationId } = operation;
  const integration = readOperationIntegration(operation, place, problems);
  return {
    httpMethod,
    ...(typeof operationId === "string" && { operationName: operationId }),
    requestParameters: readParameters(
      [...listIn(place.parameters), ...listIn(operation["parameters"])],
      document.root,
    ),
    requestModels: {},
    responses: readResponses(operation["responses"]),
    ...(integration && { integration }),
  };
}

function readOperationIntegration(
  operation: Node,
  { where, resourceId }: OperationPlace,
  problems: Problems,
) {
  const name = "x-amazon-apigateway-integration";
  const node = asObject(operation[name]);
  if (!node) return undefined;
  // Responses of an integration mean nothing to a proxy, which answers itself.
  const { type, passthroughBehavior, connectionType, httpMethod, ...rest } = node;
  return problems.watch(`${where}.${name}`, () =>
    readIntegration(
      {
        ...rest,
        responses: undefined,
        type: upper(type),
        httpMethod: upper(httpMethod),
        passthroughBehavior: upper(passthroughBehavior),
        connectionType: upper(connectionType),
      },
      resourceId,
    ),
  );
}

function upper(value: unknown): unknown {
  return typeof value === "string" ? value.toUpperCase() : value;
}

/** What a caller would have to show. A scheme that API Gateway does not know is none, as on AWS. */
function refuseAuthorization(
  operation: Node,
  { where, document }: OperationPlace,
  problems: Problems,
): void {
  const auth = asObject(operation["x-amazon-apigateway-auth"])?.["type"];
  if (auth !== undefined && String(auth).toUpperCase() !== "NONE")
    problems.refuse(where, `x-amazon-apigateway-auth of type ${String(auth)}`);
  const schemes =
    document.major === 2
      ? asObject(document.root["securityDefinitions"])
      : asObject(asObject(document.root["components"])?.["securitySchemes"]);
  for (const requirement of listIn(operation["security"] ?? document.root["security"]))
    for (const name of Object.keys(asObject(requirement) ?? {})) {
      const scheme = asObject(schemes?.[name]);
      if (!scheme) problems.add(where, `The document has no security scheme ${name}.`);
      else if (isEnforced(scheme)) problems.refuse(where, `the security scheme ${name}`);
    }
}

function isEnforced(scheme: Node): boolean {
  return (
    Object.keys(scheme).some((name) => name.startsWith("x-amazon-apigateway-auth")) ||
    (scheme["type"] === "apiKey" && String(scheme["name"]).toLowerCase() === "x-api-key")
  );
}

const locations: Readonly<Record<string, string>> = {
  path: "path",
  query: "querystring",
  header: "header",
};

function readParameters(parameters: readonly unknown[], root: Node): Record<string, boolean> {
  return Object.fromEntries(
    parameters.flatMap((each) => {
      const parameter = resolve(asObject(each), root);
      const location = locations[String(parameter?.["in"])];
      if (!parameter || location === undefined) return [];
      const name = `method.request.${location}.${String(parameter["name"])}`;
      return [[name, parameter["required"] === true]];
    }),
  );
}

/** What `#/parameters/…` or `#/components/parameters/…` points at. */
function resolve(node: Node | undefined, root: Node): Node | undefined {
  const reference = node?.["$ref"];
  if (typeof reference !== "string") return node;
  let found: Node | undefined = root;
  for (const step of reference.replace(/^#\//, "").split("/")) found = asObject(found?.[step]);
  return found;
}

function readResponses(value: unknown): ReadonlyMap<string, MethodResponse> {
  return new Map(
    objectsIn(value)
      .filter(([status]) => /^\d{3}$/.test(status))
      .map(([statusCode]) => [statusCode, { statusCode }]),
  );
}
