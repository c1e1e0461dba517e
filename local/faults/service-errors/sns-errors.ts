import type { ServiceErrors } from "./service-errors.ts";

/** Source: SNS service model; SNS API reference, "Common errors". */
export const snsErrors: ServiceErrors = {
  internal: [
    { code: "InternalError", status: 500, message: "Internal server error" },
    {
      code: "InternalFailure",
      status: 500,
      message: "The request processing has failed because of an unknown error.",
    },
  ],
  throttling: [
    { code: "Throttling", status: 400, message: "Rate exceeded" },
    { code: "Throttled", status: 429, message: "Rate exceeded" },
  ],
};
