import {
  gatewayResponseTypes,
  templateProblem,
  type GatewayResponse,
} from "../gateway-response.ts";
import type { RestApiSettings } from "../rest-api.ts";
import { asObject, listIn, objectsIn, type Node } from "./node.ts";
import type { Problems } from "./problems.ts";

type Settings = Pick<
  RestApiSettings,
  "name" | "description" | "version" | "gatewayResponses" | "disableExecuteApiEndpoint"
> & { readonly binaryMediaTypes: readonly string[] };

/** Members at the top of a document that are read here or elsewhere, or that change nothing. */
const known = new Set([
  ...["swagger", "openapi", "info", "paths", "tags", "externalDocs", "schemes", "host", "consumes"],
  // AWS too takes the paths as they stand (`basepath=ignore`, its default).
  ...["basePath", "servers", "produces", "definitions", "components", "securityDefinitions"],
  ...["security", "parameters", "responses"],
  ...["x-amazon-apigateway-binary-media-types", "x-amazon-apigateway-gateway-responses"],
  // Validators that no operation asks for validate nothing.
  ...["x-amazon-apigateway-api-key-source", "x-amazon-apigateway-request-validators"],
  ...["x-amazon-apigateway-endpoint-configuration", "x-amazon-apigateway-documentation"],
  "x-amazon-apigateway-importexport-version",
]);

/**
 * What a document says of the API as a whole. Source: API Gateway developer guide, "OpenAPI extensions
 * for API Gateway".
 */
export function readDocumentSettings(root: Node, problems: Problems): Settings {
  for (const name of Object.keys(root)) {
    if (known.has(name)) continue;
    // Extensions of others change nothing.
    if (!name.startsWith("x-") || name.startsWith("x-amazon-apigateway-"))
      problems.refuse("", name);
  }
  const info = asObject(root["info"]) ?? {};
  const { title, description, version } = info;
  if (typeof title !== "string" || title === "")
    problems.add("info", "Invalid OpenAPI input: title must be given.");
  const source = root["x-amazon-apigateway-api-key-source"];
  if (source !== undefined && String(source).toUpperCase() !== "HEADER")
    problems.refuse("", "x-amazon-apigateway-api-key-source other than HEADER");
  return {
    name: String(title),
    ...(typeof description === "string" && { description }),
    ...((typeof version === "string" || typeof version === "number") && {
      version: String(version),
    }),
    binaryMediaTypes: listIn(root["x-amazon-apigateway-binary-media-types"]).map(String),
    disableExecuteApiEndpoint: readEndpoint(root, problems),
    gatewayResponses: readGatewayResponses(root, problems),
  };
}

function readEndpoint(root: Node, problems: Problems): boolean {
  const name = "x-amazon-apigateway-endpoint-configuration";
  const servers = listIn(root["servers"]).map((server) => asObject(asObject(server)?.[name]));
  let disabled = false;
  for (const endpoint of [asObject(root[name]), ...servers]) {
    for (const [member, value] of Object.entries(endpoint ?? {}))
      if (member === "disableExecuteApiEndpoint") disabled ||= value === true || value === "true";
      else problems.refuse(name, member);
  }
  return disabled;
}

function readGatewayResponses(
  root: Node,
  problems: Problems,
): ReadonlyMap<string, GatewayResponse> {
  const responses = new Map<string, GatewayResponse>();
  for (const [type, node] of objectsIn(root["x-amazon-apigateway-gateway-responses"])) {
    const where = `x-amazon-apigateway-gateway-responses.${type}`;
    if (!gatewayResponseTypes.some((each) => each === type))
      problems.add(where, "This is no type of gateway response.");
    for (const name of Object.keys(node))
      if (!["statusCode", "responseParameters", "responseTemplates"].includes(name))
        problems.refuse(where, name);
    responses.set(type, {
      statusCode: readStatus(node["statusCode"], where, problems),
      headers: readHeaders(node["responseParameters"], where, problems),
      template: readTemplate(node["responseTemplates"], where, problems),
    });
  }
  return responses;
}

function readStatus(value: unknown, where: string, problems: Problems): number | undefined {
  if (value === undefined || value === null) return undefined;
  const status = Number(value);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  problems.add(where, `statusCode must be from 200 to 599, not ${JSON.stringify(value)}.`);
  return undefined;
}

function readHeaders(value: unknown, where: string, problems: Problems): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(asObject(value) ?? {})) {
    const header = /^gatewayresponse\.header\.([\w!#$%&'*+.^`|~-]+)$/.exec(name)?.[1];
    const fixed = /^'([^'\r\n]*)'$/.exec(String(text))?.[1];
    if (header === undefined || fixed === undefined)
      problems.refuse(where, `the response parameter ${name} of ${String(text)}`);
    else headers[header] = fixed;
  }
  return headers;
}

function readTemplate(value: unknown, where: string, problems: Problems): string | undefined {
  const templates = asObject(value) ?? {};
  for (const type of Object.keys(templates))
    if (type !== "application/json")
      problems.refuse(where, `responseTemplates of other types than application/json (${type})`);
  const template = templates["application/json"];
  if (template === undefined || template === null) return undefined;
  const problem = templateProblem(String(template));
  if (problem !== undefined) problems.add(where, `The template ${problem}.`);
  return String(template);
}
