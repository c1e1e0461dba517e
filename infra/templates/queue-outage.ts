import type { ExperimentTemplate } from "../outputs.ts";
import { everyCallFails } from "./every-call-fails.ts";
import { EXPERIMENT_ROLE_ARN } from "./experiment-role.ts";

/** The topic takes writes, and the queue takes none of its messages. */
export function queueOutage(): ExperimentTemplate {
  return {
    description: "DynamoDB and SQS fail every call",
    actions: { database: everyCallFails("dynamodb"), queue: everyCallFails("sqs") },
    stopConditions: [{ source: "none" }],
    roleArn: EXPERIMENT_ROLE_ARN,
  };
}
