import { validateHeaderName, validateHeaderValue } from "node:http";
import type { HttpAnswer } from "../../wire/http.ts";

const members = new Set([
  ...["isBase64Encoded", "statusCode", "headers", "multiValueHeaders", "body"],
]);

/** Kept under another name, as they are API Gateway's own. Source: as for `dropped`. */
const remapped: Record<string, string> = {
  connection: "x-amzn-Remapped-Connection",
  "content-length": "x-amzn-Remapped-Content-Length",
  date: "x-amzn-Remapped-Date",
  server: "x-amzn-Remapped-Server",
};

/** Hop-by-hop: never passed on. */
const dropped = new Set(["transfer-encoding"]);

/**
 * The answer that a function's result asks for, `undefined` when the result is malformed: not an
 * object, another member than the five, or one of a wrong type. `toBinary`: whether a base64 body
 * is decoded. Source: API Gateway developer guide, "Output format of a Lambda function for proxy
 * integration".
 */
export function readProxyResult(payload: string, toBinary: boolean): HttpAnswer | undefined {
  const result = parseObject(payload);
  if (!result) return undefined;
  for (const name in result) if (!members.has(name)) return undefined;
  const status = readStatus(result["statusCode"]);
  const headers = readHeaders(result["headers"], result["multiValueHeaders"]);
  const body = result["body"] ?? "";
  const base64 = result["isBase64Encoded"] ?? false;
  if (status === undefined || !headers || typeof body !== "string" || typeof base64 !== "boolean")
    return undefined;
  return { status, headers, body: base64 && toBinary ? Buffer.from(body, "base64") : body };
}

function parseObject(payload: string): Record<string, unknown> | undefined {
  try {
    const result: unknown = JSON.parse(payload);
    if (typeof result === "object" && result !== null && !Array.isArray(result))
      return result as Record<string, unknown>;
  } catch {
    // Not JSON: malformed as well.
  }
  return undefined;
}

function readStatus(statusCode: unknown): number | undefined {
  if (statusCode === undefined || statusCode === null) return 200;
  const status = typeof statusCode === "string" ? Number(statusCode) : statusCode;
  return typeof status === "number" && Number.isInteger(status) && status >= 200 && status <= 599
    ? status
    : undefined;
}

/**
 * One list of both: a name in both has the values of both, each once. Names keep the case that the
 * function gave them.
 */
function readHeaders(single: unknown, multi: unknown): HttpAnswer["headers"] | undefined {
  const byName = new Map<string, { name: string; values: string[] }>();
  const add = (name: string, value: unknown): boolean => {
    if ((typeof value !== "string" && typeof value !== "boolean") || !isValid(name, String(value)))
      return false;
    const lower = name.toLowerCase();
    if (dropped.has(lower)) return true;
    const kept = remapped[lower] ?? name;
    const header = byName.get(lower);
    if (!header) byName.set(lower, { name: kept, values: [String(value)] });
    else if (!header.values.includes(String(value))) header.values.push(String(value));
    return true;
  };
  if (!isRecord(multi) || !isRecord(single)) return undefined;
  for (const [name, values] of Object.entries(multi ?? {})) {
    if (!Array.isArray(values)) return undefined;
    if (!values.every((value) => add(name, value))) return undefined;
  }
  for (const [name, value] of Object.entries(single ?? {})) if (!add(name, value)) return undefined;
  if (!byName.has("content-type"))
    byName.set("content-type", { name: "Content-Type", values: ["application/json"] });
  const headers: Record<string, string | string[]> = {};
  for (const { name, values } of byName.values())
    headers[name] = values.length === 1 && values[0] !== undefined ? values[0] : values;
  return headers;
}

function isRecord(value: unknown): value is Record<string, unknown> | null | undefined {
  return value === undefined || (typeof value === "object" && !Array.isArray(value));
}

function isValid(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
