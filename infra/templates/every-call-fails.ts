import type { ExperimentTemplateAction } from "../outputs.ts";

/** Every call of a service fails with status 500 and a DynamoDbException, as in the tutorial. */
export function everyCallFails(service: string): ExperimentTemplateAction {
  return {
    actionId: "localstack:generic:api-error",
    parameters: {
      service,
      api: "all",
      percentage: "100",
      exception: "DynamoDbException",
      errorCode: "500",
    },
  };
}
