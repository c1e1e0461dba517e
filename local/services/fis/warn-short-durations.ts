import type { Log } from "../../log.ts";
import { parseDuration } from "./parse-duration.ts";
import type { Template } from "./template-store.ts";

/** Source: FIS actions reference; only actions on EBS volumes may last seconds there. */
const shortestMs = 60_000;

/** Says in the log which actions of a template AWS would refuse, as they last less than a minute. */
export function warnShortDurations({ id, definition }: Template, log: Log): void {
  for (const [action, { actionId, parameters = {} }] of Object.entries(definition.actions)) {
    if (!actionId.startsWith("aws:") || actionId.startsWith("aws:ebs:")) continue;
    for (const name of ["duration", "maxDuration", "startInstancesAfterDuration"]) {
      const durationMs = parseDuration(parameters[name] ?? "");
      if (durationMs === undefined || durationMs >= shortestMs) continue;
      log({
        event: "fis-duration-below-minimum",
        ...{ experimentTemplateId: id, action, actionId, parameter: name },
        problem: `${name} is ${parameters[name] ?? ""}: AWS refuses less than PT1M.`,
      });
    }
  }
}
