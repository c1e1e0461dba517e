import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** DynamoDB is unavailable while messages arrive that nobody can process. */
export function poisonMessage(): ExperimentTemplate {
  return apiFaults("DynamoDB is unavailable while messages arrive that nobody can process", {
    database: apiFault("error", "dynamodb", { failure: "unavailable" }),
  });
}
