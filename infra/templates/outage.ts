import type { ExperimentTemplate } from "../outputs.ts";
import { everyCallFails } from "./every-call-fails.ts";
import { EXPERIMENT_ROLE_ARN } from "./experiment-role.ts";

/** DynamoDB fails every call, value for value the tutorial's experiment-ddb.json. */
export function outage(): ExperimentTemplate {
  return {
    description: "Template for interfering with the DynamoDB service",
    actions: { "Test action 1": everyCallFails("dynamodb") },
    stopConditions: [{ source: "none" }],
    roleArn: EXPERIMENT_ROLE_ARN,
  };
}
