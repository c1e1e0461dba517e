import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** DynamoDB answers every call with 503 and an HTML page. */
export function unparsable(): ExperimentTemplate {
  return apiFaults("DynamoDB answers every call with 503 and an HTML page", {
    database: apiFault("unparsable-response", "dynamodb"),
  });
}
