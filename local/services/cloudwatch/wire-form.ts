import { gunzipSync } from "node:zlib";
import type { AwsCall, Protocol } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { readCbor, writeCbor } from "../../wire/cbor.ts";
import type { HttpAnswer, HttpRequest } from "../../wire/http.ts";
import { toXml, type XmlValue } from "../../wire/xml.ts";
import { readTarget } from "../json-service.ts";
import { readForm } from "../query-service.ts";

/** Source: CloudWatch service model 2010-08-01, which lists these three protocols. */
const targetPrefix = "GraniteServiceVersion20100801";
const version = "2010-08-01";
const xmlNamespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";
const cborPath = new RegExp(`^/service/${targetPrefix}/operation/(\\w+)/?$`);

/** The operation and protocol of a request, in whichever of the three it is written. */
export function readOperation(
  request: HttpRequest,
): { operation: string; protocol: Protocol } | undefined {
  const { headers, path } = request;
  if (headers["smithy-protocol"] === "rpc-v2-cbor") {
    const operation = cborPath.exec(path)?.[1];
    return operation === undefined ? undefined : { operation, protocol: "rpc-v2-cbor" };
  }
  if (headers["x-amz-target"] !== undefined) {
    const [prefix, operation] = readTarget(headers["x-amz-target"]);
    return prefix === targetPrefix ? { operation, protocol: "json-1.0" } : undefined;
  }
  const { Action, Version } = readForm({ ...request, body: unzip(request) });
  if (Action === undefined || (Version !== undefined && Version !== version)) return undefined;
  return { operation: Action, protocol: "query" };
}

/** The input of a call. Members of the query protocol are texts, whatever their type. */
export function readInput({ request, protocol }: AwsCall): unknown {
  const body = unzip(request);
  if (protocol === "query") return readNested(readForm({ ...request, body }));
  try {
    if (body.length === 0) return {};
    return protocol === "rpc-v2-cbor" ? readCbor(body) : JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsError("SerializationException", "The request body cannot be read.");
  }
}

/** SDKs compress large inputs. Source: Smithy, `requestCompression` trait of PutMetricData. */
function unzip({ headers, body }: HttpRequest): Buffer {
  if (headers["content-encoding"] !== "gzip") return body;
  try {
    return gunzipSync(body, { maxOutputLength: 8 * 1024 * 1024 });
  } catch {
    throw new AwsError("SerializationException", "The request body is not gzip.");
  }
}

/** `A.member.2.Name=x` becomes `{ A: [, { Name: "x" }] }`. */
function readNested(form: Readonly<Record<string, string>>): unknown {
  const root: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(form)) {
    if (name === "Action" || name === "Version") continue;
    const path = name.split(".");
    let node = root;
    for (const step of path.slice(0, -1)) {
      const next = Object.hasOwn(node, step) ? node[step] : undefined;
      const child = typeof next === "object" && next !== null ? next : {};
      node[step] = child;
      node = child as Record<string, unknown>;
    }
    node[path.at(-1) ?? ""] = value;
  }
  return toLists(root);
}

function toLists(node: unknown): unknown {
  if (typeof node !== "object" || node === null) return node;
  if ("member" in node && typeof node.member === "object" && node.member !== null)
    return Object.entries(node.member)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, item]) => toLists(item));
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, toLists(child)]));
}

/** The output of a call; `undefined` for an operation without one. */
export function writeOutput(output: object | undefined, call: AwsCall): HttpAnswer {
  const headers = { "x-amzn-RequestId": call.requestId };
  if (call.protocol === "rpc-v2-cbor")
    return {
      status: 200,
      headers: {
        ...headers,
        "smithy-protocol": "rpc-v2-cbor",
        ...(output && { "content-type": "application/cbor" }),
      },
      body: output ? writeCbor(mapOutput(output)) : "",
    };
  if (call.protocol === "json-1.0")
    return {
      status: 200,
      headers: { ...headers, "content-type": "application/x-amz-json-1.0" },
      body: output ? JSON.stringify(mapOutput(output, secondsOf)) : "",
    };
  const { operation, requestId } = call;
  const result = output && toXml(mapOutput(output, toIso, false) as XmlValue);
  return {
    status: 200,
    headers: { ...headers, "content-type": "text/xml" },
    body:
      `<${operation}Response xmlns="${xmlNamespace}">` +
      (result === undefined ? "" : `<${operation}Result>${result}</${operation}Result>`) +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}

const secondsOf = (date: Date) => date.getTime() / 1000;
const toIso = (date: Date) => date.toISOString();

/** Writes times, and maps as objects except where the protocol has a form for them. */
function mapOutput(
  value: unknown,
  writeTime: (date: Date) => unknown = (date) => date,
  mapsAsObjects = true,
): unknown {
  const map = (child: unknown) => mapOutput(child, writeTime, mapsAsObjects);
  if (value instanceof Date) return writeTime(value);
  if (Array.isArray(value)) return value.map(map);
  if (value instanceof Map) return mapsAsObjects ? Object.fromEntries(value) : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, map(child)]));
}
