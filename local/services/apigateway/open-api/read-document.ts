import { parse } from "yaml";
import { nestsTooDeep } from "../../../wire/nests-too-deep.ts";
import { badRequest } from "../api-store.ts";
import { asObject, type Node } from "./node.ts";

/** Bytes. Source: API Gateway quotas for REST APIs, size of an imported API definition. */
const maxBytes = 6 * 1024 * 1024;
/** Bytes of YAML, which takes about a second a megabyte to read, while everybody else waits. */
const maxYamlBytes = 1024 * 1024;

export interface OpenApiDocument {
  /** 2: Swagger 2.0; 3: OpenAPI 3.0. */
  readonly major: 2 | 3;
  readonly root: Node;
}

/** An OpenAPI 3.0 or Swagger 2.0 document, in JSON or YAML. Throws BadRequestException for others. */
export function readDocument(body: Buffer): OpenApiDocument {
  if (body.length === 0) throw badRequest("The request has no body, which must be the document.");
  if (body.length > maxBytes) throw badRequest("The document is larger than 6 MB.");
  const root = asObject(parseText(body));
  if (!root) throw badRequest("Invalid OpenAPI input: the document is not an object.");
  const { swagger, openapi } = root;
  if (String(swagger) === "2.0" || swagger === 2) return { major: 2, root };
  if (typeof openapi === "string" && /^3\.0\.\d+$/.test(openapi)) return { major: 3, root };
  throw badRequest(
    `Invalid OpenAPI input: swagger must be "2.0" or openapi "3.0.x", not ${JSON.stringify(swagger ?? openapi ?? null)}.`,
  );
}

function parseText(body: Buffer): unknown {
  if (nestsTooDeep(body)) throw badRequest("The document nests too deep, or has too many parts.");
  const text = body.toString("utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Then it is YAML, or nothing.
  }
  if (body.length > maxYamlBytes)
    throw badRequest("The embedded cloud reads 1 MB of YAML: give a larger document as JSON.");
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw badRequest(
      `Unable to parse API definition, neither as JSON nor as YAML: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""}`,
    );
  }
}
