import type { ExperimentTemplate } from "../../../infra/outputs.ts";
import { scenarioTemplates } from "../../../infra/scenario-templates.ts";

/** A scenario's template, as the program exports it. */
export function templateOf(scenario: string): ExperimentTemplate {
  const template = scenarioTemplates<ExperimentTemplate>("template.json", {
    retryFunctionName: "the-retry-function",
  })[scenario];
  if (!template) throw new Error(`There is no template of ${scenario}.`);
  return template;
}

/** The tutorial's outage template. */
export const outageTemplate: ExperimentTemplate = {
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
  description: "Template for interfering with the DynamoDB service",
  stopConditions: [{ source: "none" }],
  roleArn: "arn:aws:iam:000000000000:role/ExperimentRole",
};
