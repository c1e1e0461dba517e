import type { Log } from "../../log.ts";
import type { Experiment, ExperimentStore } from "./experiment-store.ts";
import { experimentArn } from "./views.ts";

/** Takes a record for a log group, by the group's ARN. */
export type WriteExperimentLog = (logGroupArn: string, stream: string, message: string) => void;

export interface ExperimentLogOptions {
  readonly log: Log;
  readonly accountId: string;
  readonly experiments: ExperimentStore;
  readonly write: WriteExperimentLog;
}

/**
 * A log that also writes what happens in an experiment to the log group that its template names, as
 * records of log schema version 2. Source: FIS User Guide, "Experiment logging".
 */
export function createExperimentLog(options: ExperimentLogOptions): Log {
  const { log, accountId, experiments, write } = options;
  return (entry) => {
    log(entry);
    const experiment = experiments.find(String(entry["experimentId"] ?? ""));
    const group = experiment?.definition.logConfiguration?.cloudWatchLogsConfiguration?.logGroupArn;
    const record = experiment && readRecord(entry, experiment, accountId);
    if (group === undefined || !record) return;
    write(
      group,
      `/aws/fis/${experiment.id}`,
      JSON.stringify({
        id: experiment.id,
        log_type: record.type,
        event_timestamp: new Date().toISOString(),
        version: "2",
        details: record.details,
      }),
    );
  };
}

function readRecord(
  entry: Parameters<Log>[0],
  experiment: Experiment,
  accountId: string,
): { type: string; details: object } | undefined {
  const name = String(entry["action"]);
  const action = experiment.actions.get(name);
  const named = { action_name: name, action_id: action?.definition.actionId };
  switch (entry.event) {
    case "fis-experiment-start":
      return {
        type: "experiment-start",
        details: {
          experiment_template_id: experiment.templateId,
          experiment_arn: experimentArn(experiment, accountId),
          experiment_start_time: experiment.creationTime.toISOString(),
        },
      };
    case "fis-action-start":
      return {
        type: "action-start",
        details: {
          ...named,
          action_start_time: action?.startTime?.toISOString(),
          action_targets: action?.definition.targets ?? {},
          parameters: action?.definition.parameters ?? {},
        },
      };
    case "fis-action-end":
      return {
        type: action?.state.status === "failed" ? "action-error" : "action-end",
        details: {
          ...named,
          action_end_time: action?.endTime?.toISOString(),
          action_state: action?.state,
        },
      };
    case "fis-experiment-end":
      return {
        type: "experiment-end",
        details: {
          experiment_end_time: experiment.endTime?.toISOString(),
          experiment_state: experiment.state,
        },
      };
    default:
      return undefined;
  }
}
