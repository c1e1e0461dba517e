import type { ExperimentTemplate } from "../outputs.ts";
import { everyCallFails } from "./every-call-fails.ts";
import { EXPERIMENT_ROLE_ARN } from "./experiment-role.ts";

/** Neither the database takes a write nor the topic. */
export function totalOutage(): ExperimentTemplate {
  return {
    description: "DynamoDB and SNS fail every call",
    actions: { database: everyCallFails("dynamodb"), topic: everyCallFails("sns") },
    stopConditions: [{ source: "none" }],
    roleArn: EXPERIMENT_ROLE_ARN,
  };
}
