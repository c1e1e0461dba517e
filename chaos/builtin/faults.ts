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

/**
 * Every call of the service is hit, for as long as the load of the fault lasts; in a partial outage half of
 * them. An application that keeps what it writes and what follows from it in one service takes no writes
 * while all calls fail, so only then do acknowledged writes meet failures further on.
 */
export const builtinFaults: readonly BuiltinFault[] = [
  { name: "outage", does: "is unavailable", action: action("error", { failure: "unavailable" }) },
  {
    name: "partial-outage",
    does: "fails half of its calls",
    action: action("error", { failure: "unavailable", percentage: "50" }),
  },
  { name: "throttling", does: "throttles", action: action("error", { failure: "throttling" }) },
  { name: "denied", does: "denies access", action: action("error", { failure: "denied" }) },
  { name: "slow", does: "answers 4 s late", action: action("delay", { delayMilliseconds }) },
  { name: "unparsable", does: "answers with an HTML page", action: action("unparsable-response") },
  { name: "lost-answer", does: "acts, and its answer is lost", action: action("lost-response") },
];
