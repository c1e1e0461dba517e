import type { Log } from "../../log.ts";
import type { Experiment } from "./experiment-store.ts";
import { experimentArn } from "./views.ts";

export interface ExperimentRecord {
  readonly type: string;
  readonly details: object;
}

export interface RecordSettings {
  readonly accountId: string;
  /** Version 1 has ARNs alone as resolved targets, and no records of details and of errors. */
  readonly version: 1 | 2;
}

/**
 * What an entry of the cloud's log is in an experiment's log: no record, one or two. Source: FIS
 * User Guide, "Experiment logging", log schema and example records.
 */
export function experimentRecords(
  entry: Parameters<Log>[0],
  experiment: Experiment,
  { accountId, version }: RecordSettings,
): ExperimentRecord[] {
  const name = String(entry["action"]);
  const action = experiment.actions.get(name);
  const named = { action_name: name, action_id: action?.definition.actionId };
  const now = new Date().toISOString();
  const target = {
    target_name: entry["target"],
    ...(version === 2 && { target_type: entry["resourceType"] }),
  };
  const error = entry["problem"] !== undefined && { error_information: entry["problem"] };
  switch (entry.event) {
    case "fis-experiment-start":
      return [
        {
          type: "experiment-start",
          details: {
            experiment_template_id: experiment.templateId,
            experiment_arn: experimentArn(experiment, accountId),
            experiment_start_time: experiment.creationTime.toISOString(),
          },
        },
      ];
    case "fis-target-resolution-start":
      return [
        {
          type: "target-resolution-start",
          details: { target_resolution_start_time: now, target_name: entry["target"] },
        },
      ];
    case "fis-target-resolution-detail":
      if (version === 1) return [];
      return [
        {
          type: "target-resolution-detail",
          details: {
            target_resolution_end_time: now,
            ...target,
            account_id: accountId,
            resolved_targets_count: entry["count"],
            status: error ? "failed" : "completed",
            ...error,
          },
        },
      ];
    case "fis-target-resolution-end": {
      const arns = entry["arns"] as readonly string[];
      return [
        {
          type: "target-resolution-end",
          details: {
            target_resolution_end_time: now,
            ...target,
            resolved_targets: version === 1 ? arns : arns.map((arn) => ({ arn })),
            page: 1,
            total_pages: 1,
            ...error,
          },
        },
      ];
    }
    case "fis-action-start":
      return [
        {
          type: "action-start",
          details: {
            ...named,
            action_start_time: action?.startTime?.toISOString(),
            action_targets: action?.definition.targets ?? {},
            parameters: action?.definition.parameters ?? {},
          },
        },
      ];
    case "fis-action-end": {
      const end = {
        type: "action-end",
        details: {
          ...named,
          action_end_time: action?.endTime?.toISOString(),
          action_state: action?.state,
        },
      };
      if (version === 1 || action?.state.status !== "failed") return [end];
      const details = { ...named, account_id: accountId, action_state: action.state };
      return [{ type: "action-error", details }, end];
    }
    case "fis-experiment-end":
      return [
        {
          type: "experiment-end",
          details: {
            experiment_end_time: experiment.endTime?.toISOString(),
            experiment_state: experiment.state,
          },
        },
      ];
    default:
      return [];
  }
}
