import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/**
 * Queued writes meet a retry function whose every invocation fails.
 * @param functionName of the retry function
 */
export function retryFunctionFailure(functionName: string): ExperimentTemplate {
  return apiFaults("DynamoDB is unavailable, and every invocation of the retry function fails", {
    database: apiFault("error", "dynamodb", { failure: "unavailable" }),
    "retry-function": {
      actionId: "outage-drill:lambda:invocation-error",
      parameters: { functions: functionName },
    },
  });
}
