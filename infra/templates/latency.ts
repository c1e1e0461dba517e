import type { ExperimentTemplate } from "../outputs.ts";
import { EXPERIMENT_ROLE_ARN } from "./experiment-role.ts";

/**
 * Every call of every service waits 4 s and then fails with the action's defaults, value for value
 * the tutorial's latency-experiment.json.
 */
export function latency(): ExperimentTemplate {
  return {
    description: "template for testing delays in API calls",
    actions: {
      latency: { actionId: "localstack:generic:api-error", parameters: { latency: "4" } },
    },
    stopConditions: [{ source: "none" }],
    roleArn: EXPERIMENT_ROLE_ARN,
  };
}
