import type { FaultError } from "../../../faults/effects/error.ts";

export type InjectedErrorKind = "internal" | "throttle" | "unavailable";

type ErrorForm = Pick<FaultError, "code" | "status">;

/** What AWS injects for Kinesis (FIS user guide); the codes of every service's common errors. */
const common: Record<InjectedErrorKind, ErrorForm> = {
  internal: { code: "InternalFailure", status: 500 },
  throttle: { code: "ThrottlingException", status: 400 },
  unavailable: { code: "ServiceUnavailable", status: 503 },
};

/**
 * What a service answers by its own model, where that differs. Each is retried by its SDKs: 5xx by
 * the status, throttling by the code. SNS models `Throttled`, which boto3 does not retry in its
 * standard mode, while every SDK retries `Throttling`.
 */
const byService: Record<string, Partial<Record<InjectedErrorKind, ErrorForm>>> = {
  apigateway: { throttle: { code: "TooManyRequestsException", status: 429 } },
  dynamodb: { internal: { code: "InternalServerError", status: 500 } },
  ec2: {
    internal: { code: "InternalError", status: 500 },
    throttle: { code: "RequestLimitExceeded", status: 503 },
    unavailable: { code: "Unavailable", status: 503 },
  },
  iam: { throttle: { code: "Throttling", status: 400 } },
  lambda: {
    internal: { code: "ServiceException", status: 500 },
    throttle: { code: "TooManyRequestsException", status: 429 },
  },
  s3: {
    internal: { code: "InternalError", status: 500 },
    throttle: { code: "SlowDown", status: 503 },
  },
  sns: {
    internal: { code: "InternalError", status: 500 },
    throttle: { code: "Throttling", status: 400 },
  },
  sqs: { internal: { code: "InternalError", status: 500 } },
  sts: { throttle: { code: "Throttling", status: 400 } },
};

/** The error that a service answers in a failure of this kind. */
export function injectedErrorOf(kind: InjectedErrorKind, service: string): ErrorForm {
  const own = Object.hasOwn(byService, service) ? byService[service] : undefined;
  return own?.[kind] ?? common[kind];
}
