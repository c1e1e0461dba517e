import type { ExperimentTemplateAction } from "../../infra/outputs.ts";

/** A failure that any application may meet in a service that it calls. */
export interface BuiltinFault {
  /** Follows the service in the experiment's name: `dynamodb-outage`. */
  readonly name: string;
  /** What the service does, as in "dynamodb is unavailable". */
  readonly does: string;
  action(service: string): ExperimentTemplateAction;
}

const action =
  (effect: string, parameters: Readonly<Record<string, string>> = {}) =>
  (service: string): ExperimentTemplateAction => ({
    actionId: `outage-drill:api:${effect}`,
    parameters: { service, ...parameters },
  });

/** Longer than most first deadlines, shorter than what callers wait. */
const delayMilliseconds = "4000";

/** In every experiment every call of the service is hit, for as long as the load of the fault lasts. */
export const builtinFaults: readonly BuiltinFault[] = [
  { name: "outage", does: "is unavailable", action: action("error", { failure: "unavailable" }) },
  { name: "throttling", does: "throttles", action: action("error", { failure: "throttling" }) },
  { name: "denied", does: "denies access", action: action("error", { failure: "denied" }) },
  { name: "slow", does: "answers 4 s late", action: action("delay", { delayMilliseconds }) },
  { name: "unparsable", does: "answers with an HTML page", action: action("unparsable-response") },
  { name: "lost-answer", does: "acts, and its answer is lost", action: action("lost-response") },
];
