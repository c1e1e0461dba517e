import type { StreamMappingState } from "../services/lambda/event-source-mapping/stream-mapping-state.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";

const collection = "/_outage-drill/event-source-mappings";

/**
 * `GET /_outage-drill/event-source-mappings`: every event source mapping of a stream, with the
 * records that still wait for its function. `undefined` for any other path. On AWS the metric
 * IteratorAge tells as much, but only while a function is invoked.
 */
export function handleMappingStateApi(
  { path, method }: HttpRequest,
  states: () => readonly StreamMappingState[],
): HttpAnswer | undefined {
  if (path.replace(/\/$/, "") !== collection) return undefined;
  if (method === "GET") return answer(200, { eventSourceMappings: states() });
  const refused = answer(405, { message: `${collection} accepts GET, not ${method}.` });
  return { ...refused, headers: { ...refused.headers, allow: "GET" } };
}

function answer(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
