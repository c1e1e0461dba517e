import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** A third of the calls of DynamoDB fail. */
export function partialOutage(): ExperimentTemplate {
  return apiFaults("A third of the calls of DynamoDB fail", {
    database: apiFault("error", "dynamodb", { failure: "internal", percentage: "33" }),
  });
}
