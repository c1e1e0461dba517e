import type { NormalizedSchema } from "@smithy/core/schema";
import type { HttpRequest } from "../http.ts";
import { readXml, type XmlElement } from "./read-xml.ts";

/** What of a request is not as its model has it. */
export class RestInputError extends Error {
  readonly kind: "body" | "value";

  /** @param kind whether the body is no such document, or one value is wrong */
  constructor(kind: "body" | "value", message: string) {
    super(message);
    this.kind = kind;
  }
}

type Structure = Record<string, unknown>;

/**
 * The input of an operation of the rest-xml protocol, by the names of its model.
 * Source: Smithy 2.0, "HTTP bindings" and "AWS restXml protocol".
 *
 * @param schema of the input, as the SDK's client exports it
 * @param labels the members that stand in the path
 * @param body of a request whose payload is bytes, already decoded
 * @throws RestInputError
 */
export function readRestInput(
  schema: NormalizedSchema,
  { request, labels, body }: { request: HttpRequest; labels: Structure; body: Buffer },
): Structure {
  const input: Structure = {};
  for (const [name, member] of schema.structIterator()) {
    const value = valueOf(name, member, { request, labels, body });
    if (value !== undefined) input[name] = value;
  }
  return input;
}

function valueOf(
  name: string,
  member: NormalizedSchema,
  { request, labels, body }: { request: HttpRequest; labels: Structure; body: Buffer },
): unknown {
  const { httpLabel, httpHeader, httpQuery, httpPrefixHeaders, httpPayload } =
    member.getMergedTraits();
  if (httpLabel) return labels[name];
  if (typeof httpHeader === "string")
    return textValue(request.headers[httpHeader.toLowerCase()], name, member);
  if (typeof httpQuery === "string")
    return textValue(request.query.get(httpQuery) ?? undefined, name, member);
  if (typeof httpPrefixHeaders === "string") return prefixed(request, httpPrefixHeaders);
  if (!httpPayload) return undefined;
  if (member.isBlobSchema()) return body;
  if (body.length === 0) return undefined;
  if (!member.isStructSchema()) return body.toString("utf8");
  const root = readXml(body.toString("utf8"));
  const expected = String(member.getMergedTraits().xmlName ?? member.getName() ?? name);
  if (root?.name !== expected)
    throw new RestInputError(
      "body",
      `The XML you provided was not well-formed or did not validate against our published schema: <${expected}> was expected.`,
    );
  return structureOf(root, member, name);
}

function prefixed({ headers }: HttpRequest, prefix: string): Structure | undefined {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => [name.slice(prefix.length), [value].flat().join(", ")]),
  );
}

function textValue(
  given: string | string[] | undefined,
  name: string,
  schema: NormalizedSchema,
): unknown {
  if (given === undefined) return undefined;
  const text = Array.isArray(given) ? given.join(",") : given;
  if (!schema.isListSchema()) return scalarOf(text, name, schema);
  const value = schema.getValueSchema();
  return text.split(",").map((each) => scalarOf(each.trim(), name, value));
}

function structureOf(element: XmlElement, schema: NormalizedSchema, path: string): Structure {
  const value: Structure = {};
  for (const [name, member] of schema.structIterator()) {
    const { xmlName, xmlFlattened, xmlAttribute } = member.getMergedTraits();
    if (xmlAttribute) continue;
    const tag = String(xmlName ?? name);
    const found = element.children.filter((child) => child.name === tag);
    const [first] = found;
    if (first === undefined) continue;
    const at = `${path}.${name}`;
    if (!member.isListSchema()) {
      value[name] = xmlValue(first, member, at);
      continue;
    }
    const items = member.getValueSchema();
    const itemTag = String(items.getMergedTraits().xmlName ?? "member");
    const list = xmlFlattened ? found : first.children.filter((child) => child.name === itemTag);
    value[name] = list.map((child) => xmlValue(child, items, at));
  }
  return value;
}

function xmlValue(element: XmlElement, schema: NormalizedSchema, path: string): unknown {
  return schema.isStructSchema()
    ? structureOf(element, schema, path)
    : scalarOf(element.text, path, schema);
}

function scalarOf(text: string, name: string, schema: NormalizedSchema): unknown {
  const wrong = () => new RestInputError("value", `The value of ${name} is not valid: ${text}`);
  if (schema.isBooleanSchema()) {
    const lower = text.trim().toLowerCase();
    if (lower !== "true" && lower !== "false") throw wrong();
    return lower === "true";
  }
  if (schema.isNumericSchema()) {
    if (!/^\s*-?\d{1,15}\s*$/.test(text)) throw wrong();
    return Number(text);
  }
  if (!schema.isTimestampSchema()) return text;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw wrong();
  return date;
}
