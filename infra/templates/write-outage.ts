import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults, TABLE_WRITES } from "./api-fault.ts";

/** DynamoDB fails every call that writes. */
export function writeOutage(): ExperimentTemplate {
  return apiFaults("DynamoDB fails every call that writes", {
    database: apiFault("error", "dynamodb", { failure: "internal", operations: TABLE_WRITES }),
  });
}
