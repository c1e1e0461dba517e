import type { HttpAnswer } from "../../wire/http.ts";

/** An answer of an HTTP API's own, before its request id. */
export interface HttpApiAnswer extends HttpAnswer {
  /** Why, for the log; absent where the answer says it all. */
  readonly reason?: string;
}

/** Source: API Gateway developer guide, "Troubleshooting HTTP APIs", and answers seen. */
export const httpAnswers = {
  notFound: answer(404, "Not Found"),
  throttled: answer(429, "Too Many Requests"),
  tooLarge: answer(413, "Request Entity Too Large"),
  unavailable: answer(503, "Service Unavailable"),
};

/** What a caller sees when the function's result is none, or cannot be used. */
export function internalServerError(reason: string): HttpApiAnswer {
  return { ...answer(500, "Internal Server Error"), reason };
}

function answer(status: number, message: string): HttpApiAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  };
}
