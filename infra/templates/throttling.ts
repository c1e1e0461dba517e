import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** DynamoDB throttles every call. */
export function throttling(): ExperimentTemplate {
  return apiFaults("DynamoDB throttles every call", {
    database: apiFault("error", "dynamodb", { failure: "throttling" }),
  });
}
