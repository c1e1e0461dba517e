import { toSigningName } from "../../faults/service-name.ts";
import { sdkServices } from "../../sdk-caller.ts";
import type { AutomationDocument, AutomationStep } from "./automation-document.ts";
import { namesIn } from "./interpolate.ts";
import { checkBranch } from "./branch.ts";
import { isSelector } from "./select.ts";

/** Actions that call a service, and what they need besides the input of the call. */
const callingActions: Readonly<Record<string, readonly string[]>> = {
  "aws:executeAwsApi": [],
  "aws:assertAwsResourceProperty": ["PropertySelector", "DesiredValues"],
  "aws:waitForAwsResourceProperty": ["PropertySelector", "DesiredValues"],
};

/** Values that SSM itself gives. Source: Systems Manager User Guide, "Automation system variables". */
export const systemVariables = [
  "automation:EXECUTION_ID",
  "global:ACCOUNT_ID",
  "global:DATE_TIME",
  "global:REGION",
];

/** What is wrong with the steps of a runbook, in one sentence; `undefined`: nothing. */
export function checkSteps(document: AutomationDocument): string | undefined {
  const { mainSteps, parameters } = document;
  const known = new Set([...Object.keys(parameters), ...systemVariables]);
  const names = new Set<string>();
  for (const { name } of mainSteps) {
    if (names.has(name)) return `Two steps have the name ${name}; give each its own.`;
    names.add(name);
  }
  const unknownIn = (value: unknown) => namesIn(value).find((name) => !known.has(name));
  const inRole = unknownIn(document.assumeRole);
  if (inRole !== undefined) return `assumeRole refers to ${inRole}, which is not there.`;
  for (const step of mainSteps) {
    const unknown = unknownIn(step.inputs);
    const problem =
      unknown !== undefined
        ? `it refers to ${unknown}, which no parameter or earlier step has`
        : (checkAction(step, new Set(mainSteps.map(({ name }) => name))) ??
          checkTargets(step, names));
    if (problem !== undefined) return `Step ${step.name} (${step.action}): ${problem}.`;
    for (const { Name } of step.outputs) known.add(`${step.name}.${Name}`);
  }
  const output = document.outputs.find((name) => !known.has(name));
  return output === undefined ? undefined : `The output ${output} is not of any step.`;
}

function checkAction(
  { action, inputs, outputs }: AutomationStep,
  names: ReadonlySet<string>,
): string | undefined {
  if (action === "aws:sleep") {
    const [other] = Object.keys(inputs).filter((key) => key !== "Duration");
    if (other !== undefined) return `the input ${other} is not served here; give a Duration`;
    if (typeof inputs["Duration"] !== "string") return "the input Duration is missing";
    return outputs.length > 0 ? "it has no outputs" : undefined;
  }
  if (action === "aws:branch") return checkBranch(inputs, names);
  const needed = Object.hasOwn(callingActions, action) ? callingActions[action] : undefined;
  if (!needed)
    return "this action is not run here, where runbooks have aws:executeAwsApi and aws:sleep. They also have aws:assertAwsResourceProperty, aws:waitForAwsResourceProperty and aws:branch";
  const { Service, Api } = inputs;
  if (typeof Service !== "string" || typeof Api !== "string")
    return "the inputs Service and Api must be there";
  if (!sdkServices.includes(toSigningName(Service)))
    return `runbooks here call ${sdkServices.join(", ")}, not ${Service}`;
  const missing = needed.find((name) => inputs[name] === undefined);
  if (missing !== undefined) return `the input ${missing} is missing`;
  const { PropertySelector } = inputs;
  if (needed.length > 0 && (typeof PropertySelector !== "string" || !isSelector(PropertySelector)))
    return "the input PropertySelector must be of the form $.Member[0].Member";
  const selector = outputs.find((each) => !isSelector(each.Selector));
  return selector && `the selector ${selector.Selector} is not of the form $.Member[0].Member`;
}

function checkTargets(step: AutomationStep, names: ReadonlySet<string>): string | undefined {
  const { onFailure, onCancel, nextStep } = step;
  if (!["Abort", "Continue"].includes(onFailure) && !names.has(stepOf(onFailure) ?? ""))
    return `onFailure must be Abort, Continue or step: and the name of a step, not ${onFailure}`;
  if (onCancel !== "Abort" && !names.has(stepOf(onCancel) ?? ""))
    return `onCancel must be Abort or step: and the name of a step, not ${onCancel}`;
  if (nextStep !== undefined && !names.has(nextStep))
    return `nextStep names ${nextStep}, which is not there`;
  return undefined;
}

/** The step that `step:NAME` names; `undefined` for `Abort` and `Continue`. */
export function stepOf(target: string): string | undefined {
  return target.startsWith("step:") ? target.slice("step:".length) : undefined;
}
