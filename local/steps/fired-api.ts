import type { HttpAnswer, HttpRequest } from "../wire/http.ts";

const path = "/_outage-drill/fired";

/**
 * `GET /_outage-drill/fired`: how many calls each owner of faults has hit, for the last 1,000 owners,
 * and how many of them were the application's, as
 * `{ fired: { "experiment/EXPabc/action": 12 }, application: { "experiment/EXPabc/action": 9 } }`; undefined for any other path.
 */
export function handleFiredApi(
  request: HttpRequest,
  {
    firedCounts,
    firedOnApplication,
  }: {
    readonly firedCounts: ReadonlyMap<string, number>;
    readonly firedOnApplication: ReadonlyMap<string, number>;
  },
): HttpAnswer | undefined {
  if (request.path !== path) return undefined;
  if (request.method !== "GET") return { status: 405, headers: { allow: "GET" }, body: "" };
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      fired: Object.fromEntries(firedCounts),
      application: Object.fromEntries(firedOnApplication),
    }),
  };
}
