import { headerValues } from "../access/header-values.ts";
import type { OriginRule } from "../access/origin-rule.ts";
import { quote, refuse } from "../access/refuse.ts";
import type { Log } from "../log.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";
import type { Step } from "./step.ts";

/**
 * Refuses what a web page asks, whatever the method: no page may use the endpoint that was not
 * allowed, not even one from the endpoint itself, because a deployed API may serve HTML there. Also
 * answers the preflight requests of allowed pages. SDKs, the AWS CLI and curl send none of the headers
 * that this looks at, and Node's fetch sends `Sec-Fetch-Mode` alone.
 * Source: Fetch Standard, "Origin header"; W3C Fetch Metadata Request Headers, section 2.3.
 */
export function createCheckOrigin(isAllowed: OriginRule, log: Log): Step {
  return (exchange) => {
    const { request } = exchange;
    const problem = findProblem(request, isAllowed);
    if (problem !== undefined) return refuse(exchange, problem, log);
    const { origin } = request.headers;
    if (origin === undefined) return undefined;
    exchange.allowedOrigin = origin;
    const isPreflight =
      request.method === "OPTIONS" &&
      request.headers["access-control-request-method"] !== undefined;
    return isPreflight ? answerPreflight(request) : undefined;
  };
}

/** Why a request is not let in, in sentences; `undefined` when it is. */
function findProblem(request: HttpRequest, isAllowed: OriginRule): string | undefined {
  const claims = [
    ...headerValues(request, "origin").map((text) => ({ header: "Origin", text, origin: text })),
    ...headerValues(request, "referer").map((text) => ({
      ...{ header: "Referer", text, origin: originOf(text) },
    })),
  ];
  const refused = claims.find(({ origin }) => !isAllowed(origin));
  if (refused !== undefined) return refuseOrigin(refused.header, refused.text, refused.origin);
  if (claims.length > 0) return undefined;
  // `*` allows also the page that leaves out where it comes from.
  if (isAllowed("null")) return undefined;
  const site = request.headers["sec-fetch-site"];
  switch (site) {
    case undefined:
    case "none":
      return followsLink(request);
    case "same-origin": {
      const own = originOf(`http://${request.headers.host ?? ""}`);
      return isAllowed(own) ? undefined : refuseOrigin("Sec-Fetch-Site", site, own);
    }
    default:
      return (
        `${noPages} This request comes from one (header Sec-Fetch-Site: ${quote(String(site))}), ` +
        "which does not name its origin. Let that page send a referrer, and start the endpoint with " +
        "--allow-origin ORIGIN."
      );
  }
}

const noPages = "This endpoint does not answer web pages.";

function refuseOrigin(header: string, text: string, origin: string): string {
  const named = origin === "null" ? "'*'" : quote(origin).slice(1, -1);
  return (
    `${noPages} This request comes from one (header ${header}: ${quote(text)}). If that page may ` +
    `use it, start the endpoint with --allow-origin ${named}.`
  );
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "null";
}

/**
 * What is wrong with a GET that may come from a page although no header names one: an address that was
 * opened from outside a page (`Sec-Fetch-Site: none`, which a redirect keeps), or one below a name that
 * is no loopback address to browsers, for which they leave fetch metadata out.
 * Source: W3C Fetch Metadata Request Headers, section 2; Secure Contexts, section 3.1.
 */
function followsLink({ headers, method, path, query }: HttpRequest): string | undefined {
  const site = headers["sec-fetch-site"];
  const isBrowser = site !== undefined || /^(Mozilla|Opera)\//.test(headers["user-agent"] ?? "");
  if (!isBrowser || (method !== "GET" && method !== "HEAD") || headers.authorization !== undefined)
    return undefined;
  if (query.has("Action"))
    return (
      "A link in a browser cannot make an AWS call: any web page could have placed it there. " +
      "Sign the request (header Authorization), as every AWS client does."
    );
  if (site === undefined && !isLoopback(headers.host ?? "") && path !== "/_localstack/health")
    return (
      `A browser does not say whether a web page makes this request to ${quote(headers.host ?? "")}. ` +
      "Use 127.0.0.1 or localhost instead, for which it does."
    );
  return undefined;
}

function isLoopback(authority: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:.+\.)?localhost\.?)(?::\d+)?$/i.test(authority);
}

function answerPreflight({ headers }: HttpRequest): HttpAnswer {
  const asked = headers["access-control-request-headers"];
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      ...(asked !== undefined && { "access-control-allow-headers": asked }),
      ...(headers["access-control-request-private-network"] === "true" && {
        "access-control-allow-private-network": "true",
      }),
      "access-control-max-age": "600",
    },
    body: "",
  };
}
