import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** DynamoDB resets every connection. */
export function connectionReset(): ExperimentTemplate {
  return apiFaults("DynamoDB resets every connection", {
    database: apiFault("connection-reset", "dynamodb"),
  });
}
