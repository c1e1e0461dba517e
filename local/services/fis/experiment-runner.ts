import type { FaultStore } from "../../faults/fault-store.ts";
import type { Log } from "../../log.ts";
import { createActionRunner } from "./action-runner.ts";
import type { InvocationFaultStore } from "./invocation-fault-store.ts";
import type { Experiment, ExperimentAction } from "./experiment-store.ts";
import { experimentArn } from "./views.ts";
import { resolveAllTargets } from "./resolve-all-targets.ts";
import { TargetError, type TargetResolver } from "./resolve-targets.ts";

/** Takes experiments from pending to their end. */
export interface ExperimentRunner {
  /** Resolves the targets, then starts every action that waits for no other. */
  start(experiment: Experiment): void;
  /** Ends an experiment before its time. Nothing happens to one that has ended. */
  stop(experiment: Experiment, reason: string): void;
  /** Ends an experiment that may not start. */
  cancel(experiment: Experiment, status: "cancelled" | "stopped", reason: string): void;
  /** Stops all that runs, and resolves when the work after the actions is done. */
  close(): Promise<void>;
}

export interface ExperimentRunnerOptions {
  readonly faults: FaultStore;
  readonly invocationFaults: InvocationFaultStore;
  readonly targets: TargetResolver;
  readonly accountId: string;
  /** Why a template's role cannot be assumed for an experiment; `undefined`: it can. */
  readonly roleProblem?: (roleArn: string, experimentArn: string) => string | undefined;
  /** Whether a log group of a template is there. Default: yes. */
  readonly hasLogGroup?: (logGroupArn: string) => boolean;
  readonly log: Log;
}

export function createExperimentRunner(options: ExperimentRunnerOptions): ExperimentRunner {
  const { accountId, log } = options;
  const actionRunner = createActionRunner(options);
  const active = new Set<Experiment>();
  const endings = new Set<Promise<void>>();

  function advance(experiment: Experiment): void {
    for (const [name, action] of experiment.actions) {
      // An action that failed at its start has ended the experiment.
      if (experiment.state.status !== "running") return;
      const earlier = action.definition.startAfter ?? [];
      if (action.state.status !== "pending") continue;
      if (!earlier.every((each) => isDone(experiment.actions.get(each)))) continue;
      actionRunner.begin(experiment, name, action, () => {
        if (action.state.status !== "failed") advance(experiment);
        else halt(experiment, "failed", `Action ${name} failed: ${action.state.reason}`);
      });
    }
    if (experiment.state.status === "running" && [...experiment.actions.values()].every(isDone))
      end(experiment, "completed", "Experiment completed.");
  }

  function halt(experiment: Experiment, status: "stopped" | "failed", reason: string): void {
    if (experiment.state.status !== "running") return;
    experiment.state = { status: "stopping", reason: "Stopping Experiment." };
    cancelPending(experiment);
    const work = [...experiment.actions]
      .filter(([, action]) => action.state.status === "running")
      .map(([name, action]) => actionRunner.stop(experiment, name, action))
      .filter((ending) => ending !== undefined);
    if (work.length === 0) {
      end(experiment, status, reason);
      return;
    }
    const ending = Promise.all(work).then(() => {
      endings.delete(ending);
      const failed = [...experiment.actions].find(([, action]) => action.state.status === "failed");
      if (failed && status === "stopped")
        end(experiment, "failed", `Action ${failed[0]} failed: ${failed[1].state.reason}`);
      else end(experiment, status, reason);
    });
    endings.add(ending);
  }

  function fail(experiment: Experiment, code: string, location: string, reason: string): void {
    experiment.state = { ...experiment.state, error: { accountId, code, location } };
    cancelPending(experiment);
    end(experiment, "failed", reason);
  }

  function end(
    experiment: Experiment,
    status: "completed" | "stopped" | "failed" | "cancelled",
    reason: string,
  ): void {
    experiment.state = { ...experiment.state, status, reason };
    experiment.endTime = new Date();
    active.delete(experiment);
    log({ event: "fis-experiment-end", experimentId: experiment.id, status, reason });
  }

  return {
    start(experiment) {
      const { id: experimentId, templateId: experimentTemplateId, region } = experiment;
      log({ event: "fis-experiment-start", experimentId, experimentTemplateId, region });
      active.add(experiment);
      experiment.startTime = new Date();
      experiment.state = { status: "initiating", reason: "Experiment is initiating." };
      const logProblem = logProblemOf(experiment, options);
      if (logProblem !== undefined) {
        fail(experiment, "ConfigurationFailure", "logConfiguration", logProblem);
        return;
      }
      try {
        experiment.resolvedTargets = resolveAllTargets(experiment, options);
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        fail(experiment, "InvalidTarget", "target-resolution", error.message);
        return;
      }
      const problem = roleProblemOf(experiment, options);
      if (problem !== undefined) {
        fail(experiment, "AuthorizationFailure", "role", problem);
        return;
      }
      for (const action of experiment.actions.values())
        if (mustSkip(experiment, action))
          action.state = { status: "skipped", reason: "Action was skipped." };
      // Before any action begins: half an experiment would say nothing.
      const impossible = [...experiment.actions].find(
        ([, { state, plan }]) => state.status === "pending" && plan.problem !== undefined,
      );
      if (impossible) {
        const [name, action] = impossible;
        const reason = action.plan.problem ?? "";
        actionRunner.refuse(experiment, name, action, reason);
        const words = `Action ${name} failed: ${reason}`;
        fail(experiment, "ConfigurationFailure", `actions/${name}`, words);
        return;
      }
      experiment.state = { status: "running", reason: "Experiment is running." };
      advance(experiment);
    },
    stop(experiment, reason) {
      halt(experiment, "stopped", reason);
    },
    cancel(experiment, status, reason) {
      cancelPending(experiment);
      end(experiment, status, reason);
    },
    async close() {
      for (const experiment of active) halt(experiment, "stopped", "The cloud is stopping.");
      await Promise.all(endings);
    },
  };
}

/** Only for actions that FIS does as the role: the tutorial's role ARN is none. */
function roleProblemOf(
  experiment: Experiment,
  { roleProblem, accountId }: ExperimentRunnerOptions,
): string | undefined {
  const needsRole = [...experiment.actions.values()].some(({ plan }) => plan.needsRole);
  return needsRole
    ? roleProblem?.(experiment.definition.roleArn, experimentArn(experiment, accountId))
    : undefined;
}

/** What AWS cannot write to, it says before anything happens, in the words of CloudWatch Logs. */
function logProblemOf(
  { definition }: Experiment,
  { hasLogGroup }: ExperimentRunnerOptions,
): string | undefined {
  const arn = definition.logConfiguration?.cloudWatchLogsConfiguration?.logGroupArn;
  return arn === undefined || (hasLogGroup?.(arn) ?? true)
    ? undefined
    : `The specified log group does not exist: ${arn}`;
}

function cancelPending({ actions }: Experiment): void {
  for (const action of actions.values())
    if (action.state.status === "pending")
      action.state = { status: "cancelled", reason: "Action was cancelled." };
}

function isDone(action: ExperimentAction | undefined): boolean {
  return action?.state.status === "completed" || action?.state.status === "skipped";
}

function mustSkip(experiment: Experiment, { definition }: ExperimentAction): boolean {
  if (experiment.actionsMode === "skip-all") return true;
  return Object.values(definition.targets ?? {}).some(
    (name) => !experiment.resolvedTargets.some(({ targetName }) => targetName === name),
  );
}
