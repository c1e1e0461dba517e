import type { ExperimentTemplate, ExperimentTemplateAction } from "../outputs.ts";
import { EXPERIMENT_ROLE_ARN } from "./experiment-role.ts";

/** DynamoDB's operations that change items, as the parameter `operations` takes them. */
export const TABLE_WRITES =
  "PutItem,UpdateItem,DeleteItem,BatchWriteItem,TransactWriteItems,ExecuteStatement";

/**
 * An action of the emulator's FIS on calls of a service.
 * @param effect what happens to a call, as in `outage-drill:api:<effect>`
 */
export function apiFault(
  effect: string,
  service: string,
  parameters: Record<string, string> = {},
): ExperimentTemplateAction {
  return { actionId: `outage-drill:api:${effect}`, parameters: { service, ...parameters } };
}

/** A template of such actions, which end when the experiment is stopped. */
export function apiFaults(
  description: string,
  actions: Record<string, ExperimentTemplateAction>,
): ExperimentTemplate {
  return {
    description,
    actions,
    stopConditions: [{ source: "none" }],
    roleArn: EXPERIMENT_ROLE_ARN,
  };
}
