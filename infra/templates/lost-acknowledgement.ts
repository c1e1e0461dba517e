import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults, TABLE_WRITES } from "./api-fault.ts";

/** DynamoDB takes every write, and its answer never arrives. */
export function lostAcknowledgement(): ExperimentTemplate {
  return apiFaults("DynamoDB takes every write, and its answer never arrives", {
    database: apiFault("lost-response", "dynamodb", { operations: TABLE_WRITES }),
  });
}
