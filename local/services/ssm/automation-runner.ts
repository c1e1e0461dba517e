import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import type { ServiceCaller } from "../../service-caller.ts";
import type { AutomationDocument, AutomationStep } from "./automation-document.ts";
import type { AutomationExecution, StepExecution } from "./automation-execution.ts";
import { chooseStep } from "./branch.ts";
import { stepOf } from "./check-steps.ts";
import { interpolate, toText, type Lookup } from "./interpolate.ts";
import { runStep, StepTimeout } from "./run-step.ts";

/** Between two attempts of a step. */
const retryAfterMs = 200;

export interface AutomationRunner {
  /** Runs a runbook from its first step to its end. */
  start(execution: AutomationExecution, document: AutomationDocument): void;
  /**
   * Ends an execution before its time: what its present step names as `onCancel` still runs.
   * Nothing happens to one that has ended or is being cancelled already.
   */
  cancel(execution: AutomationExecution): void;
  /** Cancels all that runs, and resolves when all of it has ended. */
  close(): Promise<void>;
}

export interface AutomationRunnerOptions {
  readonly accountId: string;
  readonly callService: ServiceCaller;
  readonly log: Log;
}

interface Running {
  readonly controller: AbortController;
  readonly ending: Promise<void>;
}

export function createAutomationRunner(options: AutomationRunnerOptions): AutomationRunner {
  const { accountId, callService, log } = options;
  const running = new Map<AutomationExecution, Running>();

  async function run(
    execution: AutomationExecution,
    { mainSteps }: AutomationDocument,
    cancelled: AbortSignal,
  ): Promise<void> {
    const values = systemValues(execution, accountId);
    const lookup: Lookup = (name) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`${name} has no value, as its step did not run.`);
      return value;
    };
    const indexOf = (name: string | undefined) => mainSteps.findIndex((each) => each.name === name);
    let critical: StepExecution | undefined;
    let isCancelling = false;
    for (let at = 0; at >= 0;) {
      const step = mainSteps[at];
      if (!step) break;
      const under = await attempt(execution, step, lookup, isCancelling ? undefined : cancelled);
      log({
        event: "ssm-automation-step",
        automationExecutionId: execution.id,
        step: step.name,
        status: under.status,
        ...(under.failureMessage !== undefined && { failure: under.failureMessage }),
      });
      for (const [name, value] of Object.entries(under.outputs))
        values.set(`${step.name}.${name}`, value);
      const failed = under.status === "Failed" || under.status === "TimedOut";
      if (failed && step.isCritical) critical ??= under;
      if (cancelled.aborted && !isCancelling) {
        isCancelling = true;
        at = indexOf(stepOf(step.onCancel));
      } else if (step.isEnd || (failed && step.onFailure === "Abort")) at = -1;
      else if (failed && step.onFailure !== "Continue") at = indexOf(stepOf(step.onFailure));
      else if (step.action === "aws:branch" && !failed) {
        const chosen = chooseStep(interpolate(step.inputs, lookup) as Record<string, unknown>);
        at = chosen === undefined ? -1 : indexOf(chosen);
      } else at = step.nextStep === undefined ? at + 1 : indexOf(step.nextStep);
    }
    execution.failureMessage = critical?.failureMessage;
    // An undoing that failed must not pass for a cancellation that went well.
    execution.status = critical?.status ?? (isCancelling ? "Cancelled" : "Success");
  }

  async function attempt(
    execution: AutomationExecution,
    step: AutomationStep,
    lookup: Lookup,
    cancelled: AbortSignal | undefined,
  ): Promise<StepExecution> {
    const under: StepExecution = {
      id: randomUUID(),
      name: step.name,
      action: step.action,
      status: "InProgress",
      inputs: {},
      outputs: {},
      failureMessage: undefined,
      startTime: new Date(),
      endTime: undefined,
    };
    execution.steps.push(under);
    for (let left = step.maxAttempts; left > 0; left -= 1) {
      try {
        const inputs = interpolate(step.inputs, lookup) as Record<string, unknown>;
        under.inputs = Object.fromEntries(
          Object.entries(inputs).map(([name, value]) => [name, toText(value)]),
        );
        under.outputs = await runStep({ step, inputs, execution, callService, cancelled });
        const cutShort = cancelled?.aborted === true && step.action === "aws:sleep";
        under.status = cutShort ? "Cancelled" : "Success";
        under.failureMessage = undefined;
        break;
      } catch (error) {
        under.status = error instanceof StepTimeout ? "TimedOut" : "Failed";
        under.failureMessage = error instanceof Error ? error.message : String(error);
        if (cancelled?.aborted) break;
        if (left > 1) await delay(retryAfterMs);
      }
    }
    under.endTime = new Date();
    return under;
  }

  function cancel(execution: AutomationExecution): void {
    const found = running.get(execution);
    if (!found || execution.status !== "InProgress") return;
    execution.status = "Cancelling";
    found.controller.abort();
  }

  return {
    start(execution, document) {
      const controller = new AbortController();
      execution.status = "InProgress";
      const ending = run(execution, document, controller.signal)
        .catch((error: unknown) => {
          execution.status = "Failed";
          execution.failureMessage = error instanceof Error ? error.message : String(error);
        })
        .finally(() => {
          execution.endTime = new Date();
          running.delete(execution);
          const { id, status, documentName } = execution;
          log({ event: "ssm-automation-end", automationExecutionId: id, documentName, status });
        });
      running.set(execution, { controller, ending });
    },
    cancel,
    async close() {
      const endings = [...running.values()].map(({ ending }) => ending);
      for (const execution of running.keys()) cancel(execution);
      await Promise.all(endings);
    },
  };
}

function systemValues(execution: AutomationExecution, accountId: string): Map<string, unknown> {
  return new Map<string, unknown>([
    ...Object.entries(execution.parameters),
    ["automation:EXECUTION_ID", execution.id],
    ["global:ACCOUNT_ID", accountId],
    ["global:DATE_TIME", execution.startTime.toISOString()],
    ["global:REGION", execution.region],
  ]);
}
