import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** Every call of DynamoDB fails, a quarter each in one of four ways: the first action that hits decides. */
export function mixedFailures(): ExperimentTemplate {
  return apiFaults("DynamoDB fails every call, each in one of four ways", {
    throttled: apiFault("error", "dynamodb", { failure: "throttling", percentage: "25" }),
    denied: apiFault("error", "dynamodb", { failure: "denied", percentage: "33" }),
    unparsable: apiFault("unparsable-response", "dynamodb", { percentage: "50" }),
    reset: apiFault("connection-reset", "dynamodb"),
  });
}
