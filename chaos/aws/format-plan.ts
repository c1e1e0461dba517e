import type { ExperimentTemplate } from "@aws-sdk/client-fis";
import type { DrillOutputs } from "../harness/target.ts";
import type { Plan, PlannedExperiment } from "./plan.ts";
import { isRunbook, runbookEnd } from "./runbook-action.ts";

/** What will be hit, for how long, and how it stops, for people to read. */
export function formatPlan(plan: Plan, outputs: DrillOutputs): string {
  const { account = "unknown", region, experiments, leftOut } = plan;
  return [
    `Plan for AWS account ${account}, ${region}`,
    ...experiments.flatMap((each) => ["", ...describe(each, outputs)]),
    ...(leftOut.length > 0 ? ["", "Left out:"] : []),
    ...leftOut.map(({ experiment, reason }) => `  ${experiment}: ${reason}`),
  ].join("\n");
}

function describe({ experiment, template }: PlannedExperiment, outputs: DrillOutputs): string[] {
  const { load, stackTemplate } = experiment;
  const addresses = addressesOf(outputs);
  const seconds = [load.before, load.during, load.after].map(({ durationMs }) => durationMs / 1000);
  const alarms = (template.stopConditions ?? []).flatMap(({ value }) => value ?? []);
  return [
    `${experiment.name}: ${stackTemplate?.failure ?? ""}`,
    `  template   ${template.id ?? ""}: ${template.description ?? ""}`,
    ...actionsOf(template),
    ...targetsOf(template),
    ...runbookTargetsOf(template, tablesOf(outputs)),
    `  load       ${String(load.during.writesPerSecond)} writes and ${String(load.during.readsPerSecond)} reads a second on ${addresses},`,
    `             ${seconds.join(" s, ")} s before, during and after`,
    `  writes     under keys that begin with "${experiment.name}-"${into(tablesOf(outputs))}, where they stay`,
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

/** Of the outputs, those that name a table. */
function tablesOf(outputs: DrillOutputs): string[] {
  return Object.entries(outputs).flatMap(([name, value]) =>
    /tableName$/i.test(name) && typeof value === "string" ? [value] : [],
  );
}

function into(tables: readonly string[]): string {
  return tables.length === 0 ? " into its stores" : ` into the table ${tables.join(" and ")}`;
}

/** A runbook names what it hits in its document alone; those of this program all hit its table. */
function runbookTargetsOf(
  { actions = {} }: ExperimentTemplate,
  tables: readonly string[],
): string[] {
  return Object.values(actions).some(isRunbook)
    ? [
        tables.length === 0
          ? "  target     what the runbook's document names"
          : `  target     the table ${tables.join(" and ")}, which the runbook denies to the roles of the stack's functions`,
      ]
    : [];
}

/** Of the outputs, those that are addresses of the application. */
function addressesOf(outputs: DrillOutputs): string {
  const urls = Object.entries(outputs).filter(
    ([name, value]) =>
      name !== "endpoint" &&
      !name.includes("Queue") &&
      typeof value === "string" &&
      /^https?:/.test(value),
  );
  return urls.map(([, url]) => String(url)).join(", ") || "the application";
}

function durationsOf({ actions = {} }: ExperimentTemplate): string {
  return Object.entries(actions)
    .map(([name, action]) => {
      if (isRunbook(action)) return `${name} ${runbookEnd(action)}`;
      const duration = action.parameters?.["duration"];
      return `${name} ${duration === undefined ? "has no end of its own" : `after ${duration}`}`;
    })
    .join(", ");
}
