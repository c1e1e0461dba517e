import type { ExperimentTemplate } from "@aws-sdk/client-fis";
import type { Plan, PlannedExperiment } from "./plan.ts";

/** What will be hit, for how long, and how it stops, for people to read. */
export function formatPlan(plan: Plan, productApiUrl: string): string {
  const { account = "unknown", region, experiments, leftOut } = plan;
  return [
    `Plan for AWS account ${account}, ${region}`,
    ...experiments.flatMap((each) => ["", ...describe(each, productApiUrl)]),
    ...(leftOut.length > 0 ? ["", "Left out:"] : []),
    ...leftOut.map(({ experiment, reason }) => `  ${experiment}: ${reason}`),
  ].join("\n");
}

function describe({ experiment, template }: PlannedExperiment, url: string): string[] {
  const { load, stackTemplate } = experiment;
  const seconds = [load.before, load.during, load.after].map(({ durationMs }) => durationMs / 1000);
  const alarms = (template.stopConditions ?? []).flatMap(({ value }) => value ?? []);
  return [
    `${experiment.name}: ${stackTemplate?.failure ?? ""}`,
    `  template   ${template.id ?? ""}: ${template.description ?? ""}`,
    ...actionsOf(template),
    ...targetsOf(template),
    `  load       ${String(load.during.writesPerSecond)} writes and ${String(load.during.readsPerSecond)} reads a second on ${url},`,
    `             ${seconds.join(" s, ")} s before, during and after`,
    `  ends       ${String(load.during.durationMs / 1000)} s after callers meet it, or on Ctrl-C: StopExperiment`,
    `             by itself: ${durationsOf(template)}`,
    `             alarms that stop it: ${alarms.join(", ") || "none"}`,
  ];
}

function actionsOf({ actions = {} }: ExperimentTemplate): string[] {
  return Object.entries(actions).map(([name, { actionId, parameters = {}, targets = {} }]) => {
    const settings = Object.entries({ ...targets, ...parameters });
    const shown = settings.map(([key, value]) => `${key} ${value}`).join(", ");
    return `  action     ${name}: ${String(actionId)}${shown ? ` (${shown})` : ""}`;
  });
}

function targetsOf({ targets = {} }: ExperimentTemplate): string[] {
  return Object.entries(targets).map(([name, target]) => {
    const tags = Object.entries(target.resourceTags ?? {}).map(([key, value]) => `${key}=${value}`);
    const which = [...(target.resourceArns ?? []), ...tags].join(", ");
    return `  target     ${name}: ${String(target.selectionMode)} of ${String(target.resourceType)} ${which}`;
  });
}

/** `duration` of most actions, `maxDuration` of an automation. Source: FIS actions reference. */
function durationsOf({ actions = {} }: ExperimentTemplate): string {
  return Object.entries(actions)
    .map(([name, { parameters = {} }]) => {
      const duration = parameters["duration"] ?? parameters["maxDuration"];
      return `${name} ${duration === undefined ? "has no end of its own" : `after ${duration}`}`;
    })
    .join(", ");
}
