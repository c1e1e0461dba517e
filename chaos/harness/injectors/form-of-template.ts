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
  const own = describeOwnAction(actionId, parameters);
  if (own !== undefined) return own;
  if (actionId !== "localstack:generic:api-error") return `${actionId} on ${service}`;
  const late = latency === undefined ? "" : `, ${latency} s late`;
  return `${service} fails with ${errorCode} ${exception}${late}`;
}

/** What callers meet of an action `outage-drill:api:<effect>`; undefined for other actions. */
const ownEffects: Readonly<Record<string, string>> = {
  "connection-reset": "resets connections",
  delay: "answers late",
  hang: "does not answer",
  "lost-response": "acts, and its answer is lost",
  "truncated-response": "acts, and its answer is cut off",
  "unparsable-response": "answers with an HTML page",
};

/** What callers meet of each kind of failure of the action `outage-drill:api:error`. */
const failures: Readonly<Record<string, string>> = {
  denied: "denies access",
  internal: "fails internally",
  throttling: "throttles",
  unavailable: "is unavailable",
};

function describeOwnAction(
  actionId: string,
  parameters: Readonly<Record<string, string>>,
): string | undefined {
  const { service = "every service", failure = "", operations, percentage, duration } = parameters;
  if (actionId === "outage-drill:lambda:invocation-error")
    return `invocations of ${parameters["functions"] ?? "?"} fail`;
  const effect = /^outage-drill:api:(.+)$/.exec(actionId)?.[1];
  if (effect === undefined) return undefined;
  const what = effect === "error" ? (failures[failure] ?? `fails: ${failure}`) : ownEffects[effect];
  return [
    `${service} ${what ?? effect}`,
    operations === undefined ? "" : ` (${operations.split(",").join(", ")})`,
    percentage === undefined ? "" : ` for ${percentage} % of the calls that reach this action`,
    duration === undefined ? "" : ` for ${duration}`,
  ].join("");
}
