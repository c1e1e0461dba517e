import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults } from "./api-fault.ts";

/** DynamoDB denies every call until a long backlog has grown. */
export function burstAfterRecovery(): ExperimentTemplate {
  return apiFaults("DynamoDB denies every call until a long backlog has grown", {
    database: apiFault("error", "dynamodb", { failure: "denied" }),
    // Nothing is received, so that all of it arrives at once.
    queue: apiFault("error", "sqs", { failure: "unavailable", operations: "ReceiveMessage" }),
  });
}
