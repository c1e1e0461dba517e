import type { APIGatewayProxyResult } from "aws-lambda";
import { TIME_BUDGET } from "./time-budget.ts";

/** @returns an answer in plain text. */
export function respond(
  statusCode: number,
  body: string,
  headers: Record<string, string> = {},
): APIGatewayProxyResult {
  return { statusCode, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body };
}

/** @returns 503 with Retry-After in seconds (RFC 9110, 10.2.3). */
export function respondUnavailable(body: string): APIGatewayProxyResult {
  return respond(503, body, { "retry-after": String(TIME_BUDGET.retryAfterSeconds) });
}

/**
 * @returns the error's name or system code (ECONNRESET), without its message: messages of AWS may
 * tell ARNs, which are for the log.
 */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return "Error";
  const { name, code } = error as NodeJS.ErrnoException;
  // Nothing but the deadline of a call aborts it.
  if (name === "AbortError") return "TimeoutError";
  return name === "Error" && code !== undefined ? code : name;
}
