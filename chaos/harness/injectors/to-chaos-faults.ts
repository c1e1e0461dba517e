import type { ExperimentTemplate, ExperimentTemplateAction } from "../../../infra/outputs.ts";
import { failureError } from "./failure-error.ts";
import { NotApplicableError } from "../step-errors.ts";
import type { ChaosFaultRule } from "./chaos-api.ts";

/** A template in the terms of LocalStack's Chaos API. */
export interface ChaosFaults {
  readonly rules: readonly ChaosFaultRule[];
  /** Milliseconds for every call; 0 when there is no latency. */
  readonly latency: number;
}

const serviceError = /^localstack:([A-Za-z0-9_-]+):inject-api-internal-error$/;

/**
 * Translates the `localstack:` actions of a template, as their parameters and defaults were in
 * LocalStack's FIS, and errors of the namespace `outage-drill:`, into rules and effects.
 *
 * @param region of the experiment, where an action names none
 * @throws NotApplicableError for what the Chaos API cannot express
 */
export function toChaosFaults(template: ExperimentTemplate, region: string): ChaosFaults {
  const actions = Object.entries(template.actions).map(([name, action]) => {
    if (action.startAfter && action.startAfter.length > 0)
      throw new NotApplicableError(
        `the Chaos API has no order, and action ${name} starts after another`,
      );
    return toFaults(name, action, region);
  });
  return {
    rules: actions.flatMap(({ rules }) => rules),
    latency: actions.reduce((sum, { latency }) => sum + latency, 0),
  };
}

function toFaults(name: string, action: ExperimentTemplateAction, region: string): ChaosFaults {
  const { actionId, parameters = {} } = action;
  const service = serviceError.exec(actionId)?.[1];
  if (actionId === "localstack:generic:latency")
    return { rules: [], latency: latencyOf(parameters, Number(parameters["latencyMilliseconds"])) };
  if (actionId === "localstack:generic:api-error")
    return {
      rules: rulesOf(parameters, region),
      latency:
        parameters["latency"] === undefined
          ? 0
          : latencyOf(parameters, Number(parameters["latency"]) * 1000),
    };
  if (actionId === "outage-drill:api:error") {
    if (parameters["duration"] !== undefined)
      throw new NotApplicableError(
        `the Chaos API ends no fault on its own, and action ${name} ends after ${parameters["duration"]}`,
      );
    const { code, statusCode } = failureError(parameters);
    const { operations, ...others } = parameters;
    const rule = { ...others, exception: code, errorCode: String(statusCode) };
    return {
      rules: rulesOf(
        { ...rule, ...(operations !== undefined && { operation: operations }) },
        region,
      ),
      latency: 0,
    };
  }
  if (service !== undefined && service !== "generic")
    return { rules: rulesOf({ ...parameters, service }, region), latency: 0 };
  throw new NotApplicableError(`the Chaos API has nothing like action ${name} (${actionId})`);
}

/** The Chaos API's latency has no scope. */
function latencyOf(parameters: Readonly<Record<string, string>>, latencyMs: number): number {
  const scope = [
    named(parameters["service"]),
    ...operationsOf(parameters),
    parameters["region"],
  ].find((each) => each !== undefined);
  if (scope !== undefined)
    throw new NotApplicableError(
      `the Chaos API delays every call of every service or none, and this experiment delays ${scope} alone`,
    );
  return latencyMs;
}

function rulesOf(parameters: Readonly<Record<string, string>>, region: string): ChaosFaultRule[] {
  const service = named(parameters["service"]);
  return operationsOf(parameters).map((operation) => ({
    region: parameters["region"] ?? region,
    ...(service !== undefined && { service }),
    ...(operation !== undefined && { operation }),
    probability: Number(parameters["percentage"] ?? "100") / 100,
    error: {
      statusCode: Number(parameters["errorCode"] ?? "500"),
      code: parameters["exception"] ?? "InternalError",
    },
  }));
}

/** One entry an operation; `undefined` alone stands for all of them. */
function operationsOf(parameters: Readonly<Record<string, string>>): (string | undefined)[] {
  const { operation, api, apiCall } = parameters;
  const names = (operation ?? api ?? apiCall ?? "all").split(",").map((each) => named(each.trim()));
  return names.includes(undefined) ? [undefined] : names;
}

function named(name: string | undefined): string | undefined {
  return name?.toLowerCase() === "all" ? undefined : name;
}
