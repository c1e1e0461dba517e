import type { ServiceErrors } from "./service-errors.ts";

/** Source: Lambda service model and its ThrottleReason; Lambda API reference, Invoke. */
export const lambdaErrors: ServiceErrors = {
  internal: [
    {
      code: "ServiceException",
      status: 500,
      message: "The AWS Lambda service encountered an internal error.",
    },
    {
      code: "ServiceException",
      status: 500,
      message: "An error occurred and the request cannot be processed.",
    },
  ],
  throttling: [
    {
      code: "TooManyRequestsException",
      status: 429,
      message: "Rate Exceeded.",
      fields: { Reason: "ConcurrentInvocationLimitExceeded" },
    },
    {
      code: "TooManyRequestsException",
      status: 429,
      message: "Rate Exceeded.",
      fields: { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
    },
    {
      code: "TooManyRequestsException",
      status: 429,
      message: "Rate exceeded",
      fields: { Reason: "CallerRateLimitExceeded" },
    },
  ],
};
