import { setTimeout as delay } from "node:timers/promises";
import type { ServiceCaller } from "../../service-caller.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { AutomationStep } from "./automation-document.ts";
import type { AutomationExecution } from "./automation-execution.ts";
import { toText } from "./interpolate.ts";
import { readSleep } from "./read-sleep.ts";
import { select } from "./select.ts";

/** Time of one API call. Source: Systems Manager User Guide, aws:executeAwsApi. */
const callTimeoutSeconds = 25;

/** Source: Systems Manager User Guide, aws:waitForAwsResourceProperty: one hour. */
const waitTimeoutSeconds = 3600;
const waitPollMs = 500;

export interface StepRun {
  readonly step: AutomationStep;
  /** After `{{ }}`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly execution: AutomationExecution;
  readonly callService: ServiceCaller;
  /** Ends a sleep. A call that is under way is let finish, so that what it did is known. */
  readonly cancelled: AbortSignal | undefined;
}

/** A step that took longer than its `timeoutSeconds`. */
export class StepTimeout extends Error {}

/** Runs a step once and answers its outputs. Rejects with what its failure message says. */
export async function runStep(run: StepRun): Promise<Record<string, unknown>> {
  if (run.step.action === "aws:sleep") {
    await sleep(run);
    return {};
  }
  if (run.step.action === "aws:branch") return {};
  if (run.step.action !== "aws:executeAwsApi") {
    await meetProperty(run);
    return {};
  }
  const { Service, Api, ...input } = run.inputs;
  const answer = await call(run, String(Service), String(Api), input);
  return Object.fromEntries(
    run.step.outputs.map(({ Name, Selector }) => {
      const value = select(answer, Selector);
      if (value === undefined)
        throw new Error(`The answer of ${String(Api)} has nothing at ${Selector} for ${Name}.`);
      return [Name, value];
    }),
  );
}

/** `aws:assertAwsResourceProperty` asks once, `aws:waitForAwsResourceProperty` until it is met. */
async function meetProperty(run: StepRun): Promise<void> {
  const { Service, Api, PropertySelector, DesiredValues, ...input } = run.inputs;
  const desired = [DesiredValues].flat().map(toText);
  const selector = String(PropertySelector);
  const seconds = run.step.timeoutSeconds ?? waitTimeoutSeconds;
  const deadlineMs = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await call(run, String(Service), String(Api), input);
    const value = select(answer, selector);
    if (value !== undefined && desired.includes(toText(value))) return;
    const found = value === undefined ? "nothing" : toText(value);
    if (run.step.action === "aws:assertAwsResourceProperty")
      throw new Error(`${selector} of ${String(Api)} is ${found}, not ${desired.join(" or ")}.`);
    if (performance.now() > deadlineMs) throw timeout(run.step, seconds);
    await delay(waitPollMs, undefined, run.cancelled && { signal: run.cancelled });
  }
}

async function sleep({ inputs, cancelled, step }: StepRun): Promise<void> {
  const durationMs = readSleep(String(inputs["Duration"]));
  const limitMs = step.timeoutSeconds === undefined ? Infinity : step.timeoutSeconds * 1000;
  try {
    await delay(Math.min(durationMs, limitMs), undefined, cancelled && { signal: cancelled });
  } catch (error) {
    if (!cancelled?.aborted) throw error;
  }
  if (limitMs < durationMs && !cancelled?.aborted) throw timeout(step, limitMs / 1000);
}

async function call(
  { execution, callService, step }: StepRun,
  service: string,
  operation: string,
  input: object,
): Promise<object> {
  const seconds = step.timeoutSeconds ?? callTimeoutSeconds;
  const signal = AbortSignal.timeout(seconds * 1000);
  const { region, roleArn } = execution;
  try {
    return await callService({ service, operation, region, input, roleArn, signal });
  } catch (error) {
    if (signal.aborted) throw timeout(step, seconds);
    if (error instanceof AwsError)
      throw new Error(
        `An error occurred (${error.code}) when calling the ${operation} operation: ${error.message}`,
        { cause: error },
      );
    throw error;
  }
}

function timeout(step: AutomationStep, seconds: number): StepTimeout {
  return new StepTimeout(`Step ${step.name} did not end within ${String(seconds)} s.`);
}
