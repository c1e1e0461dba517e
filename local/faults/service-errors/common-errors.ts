import type { OutageKind, ServiceError } from "./service-errors.ts";

/** What a service sends that has no entry of its own. Source: "Common errors" of the API references. */
export const commonErrors: Readonly<Record<OutageKind, readonly ServiceError[]>> = {
  internal: [
    {
      code: "InternalFailure",
      status: 500,
      message:
        "The request processing has failed because of an unknown error, exception or failure.",
    },
    { code: "InternalServerError", status: 500, message: "Internal server error" },
  ],
  unavailable: [
    {
      code: "ServiceUnavailable",
      status: 503,
      message: "The request has failed due to a temporary failure of the server.",
    },
  ],
  throttling: [
    { code: "ThrottlingException", status: 400, message: "Rate exceeded" },
    {
      code: "ThrottlingException",
      status: 400,
      message: "The request was denied due to request throttling.",
    },
  ],
};
