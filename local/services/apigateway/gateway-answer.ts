import type { AwsError } from "../../wire/aws-error.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import type { gatewayResponseTypes } from "./gateway-response.ts";

/** An answer of API Gateway's own, before its request ids. */
export interface GatewayAnswer extends HttpAnswer {
  /** Why, for the log; absent where the answer says it all. */
  readonly reason?: string;
  /** Type of gateway response, by which an API can have another answer. */
  readonly type?: (typeof gatewayResponseTypes)[number];
}

/**
 * Sources of texts and codes: API Gateway developer guide, "Gateway response types", and answers
 * seen; the 404 is LocalStack's.
 */
export const gatewayAnswers = {
  /** The default status and text of the gateway response INTEGRATION_FAILURE. */
  noAnswer: (problem: string): GatewayAnswer => ({
    ...answer(
      504,
      "InternalServerErrorException",
      '{"message": "Network error communicating with endpoint"}',
    ),
    type: "INTEGRATION_FAILURE",
    reason: `lambda:Invoke was not answered: ${problem}`,
  }),
  notDeployed: (apiId: string) =>
    answer(
      404,
      "NotFoundException",
      JSON.stringify({
        message: `The API id '${apiId}' does not correspond to a deployed API Gateway API`,
      }),
    ),
  noRoute: {
    ...answer(
      403,
      "MissingAuthenticationTokenException",
      '{"message":"Missing Authentication Token"}',
    ),
    type: "MISSING_AUTHENTICATION_TOKEN",
  } as GatewayAnswer,
  forbidden: answer(403, "ForbiddenException", '{"message":"Forbidden"}'),
  throttled: {
    ...answer(429, "TooManyRequestsException", '{"message":"Too Many Requests"}'),
    type: "THROTTLED",
  } as GatewayAnswer,
  tooLarge: {
    ...answer(413, "RequestEntityTooLargeException", '{"message":"Request Too Long"}'),
    type: "REQUEST_TOO_LARGE",
  } as GatewayAnswer,
  timedOut: {
    ...answer(504, "InternalServerErrorException", '{"message": "Endpoint request timed out"}'),
    type: "INTEGRATION_TIMEOUT",
  } as GatewayAnswer,
};

/** What a caller sees when the function's result is none, or cannot be had. */
export function internalServerError(status: 500 | 502, reason: string): GatewayAnswer {
  return {
    ...answer(status, "InternalServerErrorException", '{"message": "Internal server error"}'),
    type: status === 500 ? "API_CONFIGURATION_ERROR" : "DEFAULT_5XX",
    reason,
  };
}

/**
 * The answer to a lambda:Invoke that failed as a call. Codes of Lambda's own are answered as AWS
 * does; any other is an injected fault, and is answered in the form that the tutorial shows.
 */
export function answerInvokeError(error: AwsError): GatewayAnswer {
  const reason = `lambda:Invoke failed with ${error.code}: ${error.message}`;
  switch (error.code) {
    case "AccessDeniedException":
    case "ResourceNotFoundException":
      return internalServerError(500, reason);
    case "TooManyRequestsException":
      return internalServerError(502, reason);
    case "RequestTooLargeException":
      return { ...gatewayAnswers.tooLarge, reason };
    default:
      return {
        status: 500,
        headers: {
          "content-type": "text/plain",
          "x-amzn-ErrorType": "InternalServerErrorException",
        },
        body: `An error occurred (${error.code}) when calling the Invoke operation: ${error.message}`,
        reason,
      };
  }
}

function answer(status: number, errorType: string, body: string): GatewayAnswer {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-ErrorType": errorType },
    body,
  };
}
