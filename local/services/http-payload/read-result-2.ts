import { validateHeaderName, validateHeaderValue } from "node:http";
import type { HttpAnswer } from "../../wire/http.ts";

/** The server's own. */
const dropped = new Set(["connection", "content-length", "transfer-encoding", "keep-alive"]);

/**
 * The answer that a function's result in format 2.0 asks for; `undefined` when it has a status code
 * and is malformed. A result without a status code is the body of a 200. Source: API Gateway developer
 * guide, "Create AWS Lambda proxy integrations for HTTP APIs"; Lambda developer guide, "Invoking Lambda
 * function URLs", response payload format.
 *
 * @param contentType of a result that names none
 */
export function readResult2(payload: string, contentType: string): HttpAnswer | undefined {
  const result = parse(payload);
  if (typeof result !== "object" || result === null || !("statusCode" in result))
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: typeof result === "string" ? result : JSON.stringify(result ?? null),
    };
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = typeof statusCode === "string" ? Number(statusCode) : statusCode;
  const read = readHeaders(headers ?? {}, cookies ?? [], contentType);
  const isEncoded = isBase64Encoded ?? false;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599)
    return undefined;
  if (!read || typeof (body ?? "") !== "string" || typeof isEncoded !== "boolean") return undefined;
  const text = (body ?? "") as string;
  return { status, headers: read, body: isEncoded ? Buffer.from(text, "base64") : text };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    return payload;
  }
}

function readHeaders(
  given: unknown,
  cookies: unknown,
  contentType: string,
): HttpAnswer["headers"] | undefined {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
  if (!Array.isArray(cookies)) return undefined;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(given as Record<string, unknown>)) {
    if (value === null || value === undefined || dropped.has(name.toLowerCase())) continue;
    if (!["string", "number", "boolean"].includes(typeof value)) return undefined;
    if (!isValid(name, String(value))) return undefined;
    headers[name.toLowerCase()] = String(value);
  }
  if (!cookies.every((cookie) => typeof cookie === "string" && isValid("set-cookie", cookie)))
    return undefined;
  headers["content-type"] ??= contentType;
  if (cookies.length > 0)
    headers["set-cookie"] = [headers["set-cookie"] ?? [], cookies as string[]].flat();
  return headers;
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
