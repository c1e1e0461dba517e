import type { ServiceErrors } from "./service-errors.ts";

/** Source: SQS service model; SQS API reference, "Common errors"; users' logs of throttled calls. */
export const sqsErrors: ServiceErrors = {
  internal: [
    {
      code: "InternalError",
      status: 500,
      message: "We encountered an internal error. Please try again.",
    },
    {
      code: "InternalFailure",
      status: 500,
      message: "The request processing has failed because of an unknown error.",
    },
  ],
  unavailable: [
    {
      code: "ServiceUnavailable",
      status: 503,
      message: "Service unavailable due to internal error. Please try again shortly.",
    },
    {
      code: "ServiceUnavailable",
      status: 503,
      message: "The request has failed due to a temporary failure of the server.",
    },
  ],
  throttling: [
    { code: "RequestThrottled", status: 403, message: "Request is throttled." },
    { code: "ThrottlingException", status: 400, message: "Rate exceeded" },
  ],
};
