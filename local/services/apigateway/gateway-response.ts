import type { GatewayAnswer } from "./gateway-answer.ts";

/** What an API answers instead of API Gateway's own answer of one type. */
export interface GatewayResponse {
  readonly statusCode: number | undefined;
  /** Header → value; only fixed values are served. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body for `application/json`; `undefined` keeps API Gateway's own. */
  readonly template: string | undefined;
}

/** Source: API Gateway developer guide, "Gateway response types for API Gateway". */
export const gatewayResponseTypes = [
  ...["ACCESS_DENIED", "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR"],
  ...["AUTHORIZER_FAILURE", "BAD_REQUEST_PARAMETERS", "BAD_REQUEST_BODY", "DEFAULT_4XX"],
  ...["DEFAULT_5XX", "EXPIRED_TOKEN", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"],
  ...["INVALID_API_KEY", "INVALID_SIGNATURE", "MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED"],
  ...["REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND", "THROTTLED", "UNAUTHORIZED"],
  ...["UNSUPPORTED_MEDIA_TYPE", "WAF_FILTERED"],
] as const;

const variable = /\$context\.(?:error\.(?:messageString|message|responseType)|requestId)\b/g;

/** Why a template cannot be rendered; `undefined` when it can. */
export function templateProblem(template: string): string | undefined {
  const rest = template.replace(variable, "");
  return /[$#]/.test(rest)
    ? "uses more of the template language than $context.error.message, $context.error.messageString, $context.error.responseType and $context.requestId"
    : undefined;
}

/**
 * An answer of API Gateway's own as the API's gateway responses want it: those of its type, else those
 * of its class. Source: API Gateway developer guide, "Set up gateway responses to customize error
 * responses".
 */
export function customise(
  answer: GatewayAnswer,
  responses: ReadonlyMap<string, GatewayResponse> | undefined,
  requestId: string,
): GatewayAnswer {
  if (!responses || answer.type === undefined) return answer;
  const response =
    responses.get(answer.type) ??
    responses.get(answer.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
  if (!response) return answer;
  return {
    ...answer,
    status: response.statusCode ?? answer.status,
    headers: { ...answer.headers, ...response.headers },
    body: response.template === undefined ? answer.body : render(response, answer, requestId),
  };
}

function render(
  { template = "" }: GatewayResponse,
  { body, type }: GatewayAnswer,
  requestId: string,
): string {
  const { message = "" } = JSON.parse(String(body)) as { message?: string };
  const values: Readonly<Record<string, string>> = {
    "$context.error.message": message,
    "$context.error.messageString": JSON.stringify(message),
    "$context.error.responseType": type ?? "",
    "$context.requestId": requestId,
  };
  return template.replace(variable, (name) => values[name] ?? "");
}
