import type { NormalizedSchema } from "@smithy/core/schema";
import { escapeXml } from "../xml.ts";
import type { HttpAnswer } from "../http.ts";

type Structure = Readonly<Record<string, unknown>>;

/**
 * The answer of an operation of the rest-xml protocol.
 * Source: Smithy 2.0, "HTTP bindings" and "AWS restXml protocol".
 *
 * @param schema of the output, as the SDK's client exports it
 * @param output by the names of the model
 */
export function writeRestOutput(
  schema: NormalizedSchema,
  output: Structure,
  { status, xmlNamespace }: { status: number; xmlNamespace: string },
): HttpAnswer {
  const headers: Record<string, string> = {};
  let body: string | Buffer = "";
  const inBody: [string, NormalizedSchema][] = [];
  for (const [name, member] of schema.structIterator()) {
    const { httpHeader, httpPrefixHeaders, httpPayload } = member.getMergedTraits();
    const value = output[name];
    if (typeof httpHeader === "string") {
      if (value !== undefined) headers[httpHeader.toLowerCase()] = headerText(value, member);
    } else if (typeof httpPrefixHeaders === "string") {
      for (const [key, text] of Object.entries((value ?? {}) as Record<string, string>))
        headers[httpPrefixHeaders + key] = text;
    } else if (httpPayload) {
      if (value === undefined) continue;
      if (Buffer.isBuffer(value) || typeof value === "string") body = value;
      else body = document(rootOf(member, name), value as Structure, member, xmlNamespace);
    } else inBody.push([name, member]);
  }
  if (inBody.length > 0)
    body = document(rootOf(schema, ""), output, schema, xmlNamespace, new Map(inBody));
  if (typeof body === "string" && body.startsWith("<")) headers["content-type"] = "application/xml";
  return { status, headers, body };
}

function rootOf(schema: NormalizedSchema, name: string): string {
  return String(schema.getMergedTraits().xmlName ?? schema.getName() ?? name);
}

function document(
  root: string,
  value: Structure,
  schema: NormalizedSchema,
  namespace: string,
  members?: ReadonlyMap<string, NormalizedSchema>,
): string {
  const inner = [...(members ?? schema.structIterator())]
    .map(([name, member]) => elements(name, value[name], member))
    .join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${inner}</${root}>`;
}

/** The elements of one member; none where it has no value. */
function elements(name: string, value: unknown, schema: NormalizedSchema): string {
  if (value === undefined || value === null) return "";
  const { xmlName, xmlFlattened } = schema.getMergedTraits();
  const tag = String(xmlName ?? name);
  if (!schema.isListSchema()) return element(tag, value, schema);
  const items = schema.getValueSchema();
  const list = value as readonly unknown[];
  if (xmlFlattened) return list.map((each) => element(tag, each, items)).join("");
  const itemTag = String(items.getMergedTraits().xmlName ?? "member");
  return `<${tag}>${list.map((each) => element(itemTag, each, items)).join("")}</${tag}>`;
}

function element(tag: string, value: unknown, schema: NormalizedSchema): string {
  if (!schema.isStructSchema()) return `<${tag}>${escapeXml(scalarText(value))}</${tag}>`;
  let attributes = "";
  let inner = "";
  for (const [name, member] of schema.structIterator()) {
    const { xmlAttribute, xmlName } = member.getMergedTraits();
    const given = (value as Structure)[name];
    if (!xmlAttribute) inner += elements(name, given, member);
    else if (given !== undefined)
      attributes += ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ${String(xmlName ?? name)}="${escapeXml(scalarText(given))}"`;
  }
  return `<${tag}${attributes}>${inner}</${tag}>`;
}

/** Timestamps in a document are those of ISO 8601. */
function scalarText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** In a header they are HTTP dates, unless the model says otherwise. */
function headerText(value: unknown, schema: NormalizedSchema): string {
  if (Array.isArray(value)) return value.map(String).join(",");
  if (!(value instanceof Date)) return String(value);
  return schema.getSchema() === isoTimestamp ? value.toISOString() : value.toUTCString();
}

/** The mark of a timestamp in ISO 8601 in the SDK's schemas. */
const isoTimestamp = 5;
