import type { ExperimentTemplate } from "../outputs.ts";
import { apiFault, apiFaults, TABLE_WRITES } from "./api-fault.ts";

/** DynamoDB takes no writes for a while, and the queue keeps them until the end. */
export function staleReplay(): ExperimentTemplate {
  return apiFaults("DynamoDB takes no writes for a while, and the queue keeps them until the end", {
    database: apiFault("error", "dynamodb", {
      failure: "unavailable",
      operations: TABLE_WRITES,
      duration: "PT2S",
    }),
    queue: apiFault("error", "sqs", { failure: "unavailable", operations: "ReceiveMessage" }),
  });
}
