import type { ServiceErrors } from "./service-errors.ts";

const rateExceeded = "Rate exceeded";

/**
 * Services that differ from the common errors in a few. Source: their service models; EC2 and S3 API
 * references, "Error codes".
 */
export const furtherErrors: Readonly<Record<string, ServiceErrors>> = {
  apigateway: {
    throttling: [{ code: "TooManyRequestsException", status: 429, message: "Too Many Requests" }],
    unavailable: [
      { code: "ServiceUnavailableException", status: 503, message: "Service is unavailable." },
    ],
  },
  ec2: {
    internal: [
      { code: "InternalError", status: 500, message: "An internal error has occurred" },
      { code: "InternalFailure", status: 500, message: "The request processing has failed." },
    ],
    throttling: [{ code: "RequestLimitExceeded", status: 503, message: "Request limit exceeded." }],
    unavailable: [
      {
        code: "Unavailable",
        status: 503,
        message: "The server is overloaded and can't handle the request.",
      },
      { code: "ServiceUnavailable", status: 503, message: "The request has failed." },
    ],
  },
  iam: {
    internal: [{ code: "ServiceFailure", status: 500, message: "Internal Service Error" }],
    throttling: [{ code: "Throttling", status: 400, message: rateExceeded }],
  },
  kinesis: {
    throttling: [
      { code: "ProvisionedThroughputExceededException", status: 400, message: rateExceeded },
      { code: "LimitExceededException", status: 400, message: rateExceeded },
    ],
  },
  kms: {
    internal: [{ code: "KMSInternalException", status: 500, message: "Internal failure" }],
    unavailable: [
      {
        code: "DependencyTimeoutException",
        status: 503,
        message: "The system timed out while trying to fulfill the request.",
      },
    ],
  },
  logs: {
    unavailable: [
      {
        code: "ServiceUnavailableException",
        status: 500,
        message: "The service cannot complete the request.",
      },
    ],
  },
  monitoring: {
    internal: [{ code: "InternalServiceFault", status: 500, message: "Internal service failure" }],
    throttling: [{ code: "Throttling", status: 400, message: rateExceeded }],
  },
  s3: {
    internal: [
      {
        code: "InternalError",
        status: 500,
        message: "We encountered an internal error. Please try again.",
      },
    ],
    throttling: [{ code: "SlowDown", status: 503, message: "Please reduce your request rate." }],
    unavailable: [
      { code: "ServiceUnavailable", status: 503, message: "Service is unable to handle request." },
    ],
  },
  ssm: {
    internal: [{ code: "InternalServerError", status: 500, message: "Internal Server Error" }],
    throttling: [{ code: "ThrottlingException", status: 400, message: rateExceeded }],
  },
  sts: { throttling: [{ code: "Throttling", status: 400, message: rateExceeded }] },
};
