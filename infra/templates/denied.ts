import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** DynamoDB denies every call. */
export function denied(): ExperimentTemplate {
  return apiFaults("DynamoDB denies every call", {
    database: apiFault("error", "dynamodb", { failure: "denied" }),
  });
}
