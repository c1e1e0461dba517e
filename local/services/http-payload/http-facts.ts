import { randomUUID } from "node:crypto";
import type { HttpRequest } from "../../wire/http.ts";

/** What an event says of a request, whatever front it came through. */
export interface HttpFacts {
  /** In lower case, each with all its values; without those that a hop keeps for itself. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly cookies: readonly string[];
  readonly sourceIp: string;
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
  /** Without the port. */
  readonly domainName: string;
  readonly domainPrefix: string;
}

/** Source: RFC 9110, section 7.6.1. */
const hopByHop = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer"],
  ...["transfer-encoding", "upgrade"],
]);

const own = new Set([
  ...["x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"],
]);

export function readHttpFacts(request: HttpRequest, remoteAddress: string): HttpFacts {
  const headers = Object.create(null) as Record<string, string[]>;
  const add = (name: string, value: string): void => {
    (headers[name] ??= []).push(value);
  };
  for (const [name, value] of headerPairs(request))
    if (!hopByHop.has(name) && !own.has(name) && name !== "cookie") add(name, value);
  const sourceIp = remoteAddress.replace(/^::ffff:/, "");
  const before = request.headers["x-forwarded-for"];
  const { host = "" } = request.headers;
  const [domainName = "", port] = host.split(":", 2);
  add("x-amzn-trace-id", readTraceId(request.headers["x-amzn-trace-id"]));
  add("x-forwarded-for", before === undefined ? sourceIp : `${String(before)}, ${sourceIp}`);
  add("x-forwarded-port", port ?? "80");
  add("x-forwarded-proto", "http");
  return {
    headers,
    cookies: readCookies(request.headers.cookie),
    sourceIp,
    timeMs: Date.now(),
    domainName,
    domainPrefix: domainName.split(".", 1)[0] ?? "",
  };
}

function headerPairs({ headers, rawHeaders }: HttpRequest): [name: string, value: string][] {
  if (!rawHeaders)
    return Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    );
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    pairs.push([(rawHeaders[at] ?? "").toLowerCase(), rawHeaders[at + 1] ?? ""]);
  return pairs;
}

function readCookies(header: string | undefined): string[] {
  return (header ?? "")
    .split(";")
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== "");
}

/** Source of the form: AWS X-Ray developer guide, "Tracing header". */
function readTraceId(header: string | string[] | undefined): string {
  if (typeof header === "string" && header.includes("Root=")) return header;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomUUID().replaceAll("-", "").slice(0, 24)}`;
}

const textTypes = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|graphql)$)/;

/**
 * The body of an event. What is no text by its type is base64, forms among it; without a type, what is
 * no UTF-8. Source: API Gateway developer guide, "Work with binary media types for HTTP APIs"; seen
 * of forms.
 */
export function readBody({ body, headers }: HttpRequest): {
  body?: string;
  isBase64Encoded: boolean;
} {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const text = body.toString("utf8");
  const isText = type === "" ? Buffer.from(text).equals(body) : textTypes.test(type);
  return isText
    ? { body: text, isBase64Encoded: false }
    : { body: body.toString("base64"), isBase64Encoded: true };
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** `dd/MMM/yyyy:HH:mm:ss +0000` */
export function formatRequestTime(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  const month = (Number(iso.slice(5, 7)) - 1) * 3;
  return `${iso.slice(8, 10)}/${months.slice(month, month + 3)}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
