import { Pool } from "undici";
import { AwsError } from "../wire/aws-error.ts";
import type { HttpAnswer } from "../wire/http.ts";
import type { Exchange, Step } from "./step.ts";

/** Headers of one connection only. Source: RFC 9110, section 7.6.1. */
const hopByHop = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Longest wait for an answer: a function may run for 15 minutes. */
const answerTimeoutMs = 15 * 60 * 1000;

export interface Forward {
  readonly step: Step;
  close(): Promise<void>;
}

/**
 * Sends a request on to the upstream as it came. Where a text answer names the upstream's own
 * address, as queue URLs do, it names the gateway's instead, so that clients stay behind the gateway.
 */
export function createForward(upstream: URL, endpoint: () => string): Forward {
  const pool = new Pool(upstream.origin, {
    connections: 64,
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
  });
  return {
    step: (exchange) => send(pool, exchange, upstream, endpoint()),
    close: () => pool.close(),
  };
}

async function send(
  pool: Pool,
  { request, signal }: Exchange,
  upstream: URL,
  endpoint: string,
): Promise<HttpAnswer> {
  const query = request.query.size > 0 ? `?${request.query.toString()}` : "";
  const answer = await pool
    .request({
      method: request.method as "GET",
      path: request.path + query,
      headers: Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !hopByHop.has(name)),
      ),
      body: request.body.length > 0 ? request.body : null,
      signal,
    })
    .catch((error: unknown) => {
      throw new AwsError(
        "ServiceUnavailable",
        `The upstream ${upstream.origin} did not answer: ${error instanceof Error ? error.message : ""}`,
        503,
      );
    });
  const body = Buffer.from(await answer.body.arrayBuffer());
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined && !hopByHop.has(name)) headers[name] = value;
  const text = /json|xml|text/.test(String(headers["content-type"] ?? ""));
  if (!text || headers["x-amz-crc32"] !== undefined)
    return { status: answer.statusCode, headers, body };
  return { status: answer.statusCode, headers, body: rename(body.toString(), upstream, endpoint) };
}

function rename(body: string, upstream: URL, endpoint: string): string {
  const names =
    upstream.hostname === "127.0.0.1" || upstream.hostname === "localhost"
      ? [`http://127.0.0.1:${upstream.port}`, `http://localhost:${upstream.port}`]
      : [upstream.origin];
  return names.reduce((text, name) => text.replaceAll(name, endpoint), body);
}
