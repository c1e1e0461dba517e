import type { HttpAnswer, HttpRequest } from "../../wire/http.ts";

/**
 * Which pages may use an API or a function URL, and how. Source: API Gateway API, version 2, type Cors;
 * Lambda API, type Cors.
 */
export interface CorsConfiguration {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowOrigins?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
}

/** The answer to the question of a page whether it may; `undefined` for any other request. */
export function answerPreflight(
  cors: CorsConfiguration | undefined,
  { method, headers }: HttpRequest,
): HttpAnswer | undefined {
  const { origin } = headers;
  if (!cors || method !== "OPTIONS" || origin === undefined) return undefined;
  if (headers["access-control-request-method"] === undefined) return undefined;
  const allowed = allowedOrigin(cors, origin);
  const { allowMethods = [], allowHeaders = [], maxAge } = cors;
  return {
    status: 204,
    headers:
      allowed === undefined
        ? {}
        : {
            ...originHeaders(cors, allowed),
            ...listHeader("access-control-allow-methods", allowMethods),
            ...listHeader("access-control-allow-headers", allowHeaders),
            ...(maxAge !== undefined && { "access-control-max-age": String(maxAge) }),
          },
    body: "",
  };
}

/** An answer with the headers of the configuration instead of those that the function gave. */
export function withCorsOf(
  cors: CorsConfiguration | undefined,
  { headers: { origin } }: HttpRequest,
  answer: HttpAnswer,
): HttpAnswer {
  if (!cors) return answer;
  const kept = Object.entries(answer.headers).filter(
    ([name]) => !name.toLowerCase().startsWith("access-control-"),
  );
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  return {
    ...answer,
    headers: {
      ...Object.fromEntries(kept),
      ...(allowed !== undefined && {
        ...originHeaders(cors, allowed),
        ...listHeader("access-control-expose-headers", cors.exposeHeaders ?? []),
      }),
    },
  };
}

function originHeaders(cors: CorsConfiguration, origin: string): Record<string, string> {
  return {
    "access-control-allow-origin": origin,
    ...(cors.allowCredentials && { "access-control-allow-credentials": "true" }),
    ...(origin !== "*" && { vary: "Origin" }),
  };
}

/** What to answer as the origin; `https://*` stands for every origin of that scheme. */
function allowedOrigin(
  { allowOrigins = [], allowCredentials }: CorsConfiguration,
  origin: string,
): string | undefined {
  if (allowOrigins.includes("*")) return allowCredentials ? origin : "*";
  const isAllowed = allowOrigins.some(
    (each) => each === origin || (each.endsWith("://*") && origin.startsWith(each.slice(0, -1))),
  );
  return isAllowed ? origin : undefined;
}

function listHeader(name: string, values: readonly string[]): Record<string, string> {
  return values.length === 0 ? {} : { [name]: values.join(",") };
}
