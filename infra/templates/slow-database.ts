import type { ExperimentTemplate } from "../outputs.ts";
import { EXPERIMENT_ROLE_ARN } from "./experiment-role.ts";

/** DynamoDB answers every call, 4 s late. */
export function slowDatabase(): ExperimentTemplate {
  return {
    description: "DynamoDB answers 4 s late and without an error",
    actions: {
      "slow-database": {
        actionId: "localstack:generic:latency",
        parameters: { service: "dynamodb", latencyMilliseconds: "4000" },
      },
    },
    stopConditions: [{ source: "none" }],
    roleArn: EXPERIMENT_ROLE_ARN,
  };
}
