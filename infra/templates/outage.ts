import type { ExperimentTemplate } from "../outputs.ts";
import { EXPERIMENT_ROLE_ARN } from "./experiment-role.ts";

/**
 * Every DynamoDB call fails with status 500 and a DynamoDbException, value for value the tutorial's
 * experiment-ddb.json.
 */
export function outage(): ExperimentTemplate {
  return {
    description: "Template for interfering with the DynamoDB service",
    actions: {
      "Test action 1": {
        actionId: "localstack:generic:api-error",
        parameters: {
          service: "dynamodb",
          api: "all",
          percentage: "100",
          exception: "DynamoDbException",
          errorCode: "500",
        },
      },
    },
    stopConditions: [{ source: "none" }],
    roleArn: EXPERIMENT_ROLE_ARN,
  };
}
