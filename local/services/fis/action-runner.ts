import type { FaultStore } from "../../faults/fault-store.ts";
import { ownerKey } from "../../faults/owner-key.ts";
import type { Log } from "../../log.ts";
import type { ActionContext } from "./actions/action.ts";
import type { Experiment, ExperimentAction } from "./experiment-store.ts";
import type { InvocationFaultStore } from "./invocation-fault-store.ts";
import { createWorkRunner } from "./work-runner.ts";
import { toFaultRules } from "./to-fault-rules.ts";

/** Takes one action of an experiment from its start to its end. */
export interface ActionRunner {
  /** Starts an action. `onEnd` is called when it has completed or failed, not when it is stopped. */
  begin(experiment: Experiment, name: string, action: ExperimentAction, onEnd: () => void): void;
  /** Ends an action before its time: at once, or with the promise where it has work to do. */
  stop(experiment: Experiment, name: string, action: ExperimentAction): Promise<void> | undefined;
  /** Fails an action that cannot begin. */
  refuse(experiment: Experiment, name: string, action: ExperimentAction, reason: string): void;
}

export interface ActionRunnerOptions {
  readonly faults: FaultStore;
  readonly invocationFaults: InvocationFaultStore;
  readonly log: Log;
}

interface Run {
  readonly action: ExperimentAction;
  readonly context: ActionContext;
}

export function createActionRunner(options: ActionRunnerOptions): ActionRunner {
  const { faults, invocationFaults, log } = options;
  const timers = new Map<ExperimentAction, NodeJS.Timeout>();
  const endings = new Map<ExperimentAction, Promise<void>>();
  const works = createWorkRunner();

  function end(run: Run, status: "completed" | "stopped"): Promise<void> | undefined {
    const { action, context } = run;
    const under = endings.get(action);
    if (under) return under;
    clearTimeout(timers.get(action));
    timers.delete(action);
    faults.remove(keyOf(context));
    invocationFaults.remove(keyOf(context));
    const work = works.stop(action) ?? action.plan.end?.(context);
    if (!work) {
      settle(run, status, `Action was ${status}.`);
      return undefined;
    }
    const ending = work
      .then(
        () => {
          settle(run, status, `Action was ${status}.`);
        },
        (error: unknown) => {
          settle(run, "failed", describe(error));
        },
      )
      .finally(() => endings.delete(action));
    endings.set(action, ending);
    return ending;
  }

  function settle({ action, context }: Run, status: Ended, reason: string): void {
    action.state = { status, reason };
    action.endTime = new Date();
    const { experimentId, action: name } = context;
    log({ event: "fis-action-end", experimentId, action: name, status, reason });
  }

  return {
    begin(experiment, name, action, onEnd) {
      const run = { action, context: contextOf(experiment, name, action, log) };
      const { plan } = action;
      action.startTime = new Date();
      action.state = { status: "running", reason: "" };
      log({ event: "fis-action-start", experimentId: experiment.id, action: name });
      try {
        plan.start?.(run.context);
      } catch (error) {
        settle(run, "failed", describe(error));
        onEnd();
        return;
      }
      faults.replace(keyOf(run.context), toFaultRules(plan, run.context));
      const invocationFault = plan.invocationFault?.(run.context);
      if (invocationFault) {
        const owner = { kind: "experiment", experimentId: experiment.id, action: name } as const;
        invocationFaults.add({ ...invocationFault, owner });
      }
      if (plan.run) {
        works.begin(run.action, run.context, (problem) => {
          if (problem === undefined) settle(run, "completed", "Action was completed.");
          else settle(run, "failed", problem);
          onEnd();
        });
        return;
      }
      if (plan.durationMs === undefined) return;
      const timer = setTimeout(() => {
        const ending = end(run, "completed");
        if (ending) void ending.then(onEnd);
        else onEnd();
      }, plan.durationMs);
      timers.set(action, timer.unref());
    },
    refuse(experiment, name, action, reason) {
      action.startTime = new Date();
      settle({ action, context: contextOf(experiment, name, action, log) }, "failed", reason);
    },
    stop: (experiment, name, action) =>
      end({ action, context: contextOf(experiment, name, action, log) }, "stopped"),
  };
}

type Ended = "completed" | "stopped" | "failed";

function keyOf({ experimentId, action }: ActionContext): string {
  return ownerKey({ kind: "experiment", experimentId, action });
}

function contextOf(
  experiment: Experiment,
  name: string,
  { definition }: ExperimentAction,
  log: Log,
): ActionContext {
  const arnsOf = (target: string) =>
    experiment.resolvedTargets
      .filter(({ targetName }) => targetName === target)
      .map(({ arn }) => arn);
  return {
    experimentId: experiment.id,
    action: name,
    region: experiment.region,
    roleArn: experiment.definition.roleArn,
    targetArns: Object.fromEntries(
      Object.entries(definition.targets ?? {}).map(([key, target]) => [key, arnsOf(target)]),
    ),
    log,
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
