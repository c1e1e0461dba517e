import type { ExperimentTemplate } from "../../../infra/outputs.ts";
import type { FaultForm } from "../injector.ts";

/**
 * What the actions of LocalStack's FIS look like to callers, all of whom they hit.
 *
 * @param message the text that an injected error carries
 */
export function formOfTemplate({ actions }: ExperimentTemplate, message: string): FaultForm {
  return {
    failure: Object.values(actions)
      .map(({ actionId, parameters = {} }) => describeAction(actionId, parameters))
      .join("; "),
    hitsEveryCaller: true,
    message,
  };
}

function describeAction(actionId: string, parameters: Readonly<Record<string, string>>): string {
  const { service = "every service", latency, latencyMilliseconds } = parameters;
  const { exception = "InternalError", errorCode = "500" } = parameters;
  if (actionId === "localstack:generic:latency")
    return `${service} answers ${latencyMilliseconds ?? "?"} ms late`;
  if (actionId !== "localstack:generic:api-error") return `${actionId} on ${service}`;
  const late = latency === undefined ? "" : `, ${latency} s late`;
  return `${service} fails with ${errorCode} ${exception}${late}`;
}
