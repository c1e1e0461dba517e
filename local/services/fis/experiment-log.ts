import type { Log } from "../../log.ts";
import type { ExperimentStore } from "./experiment-store.ts";
import { experimentRecords } from "./experiment-records.ts";

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
 * records of the log schema that it names. Source: FIS User Guide, "Experiment logging".
 */
export function createExperimentLog(options: ExperimentLogOptions): Log {
  const { log, accountId, experiments, write } = options;
  return (entry) => {
    log(entry);
    const experiment = experiments.find(String(entry["experimentId"] ?? ""));
    const settings = experiment?.definition.logConfiguration;
    const group = settings?.cloudWatchLogsConfiguration?.logGroupArn;
    if (!experiment || group === undefined) return;
    const records = experimentRecords(entry, experiment, {
      accountId,
      version: settings?.logSchemaVersion === 1 ? 1 : 2,
    });
    for (const { type, details } of records)
      write(
        group,
        `/aws/fis/${experiment.id}`,
        JSON.stringify({
          id: experiment.id,
          log_type: type,
          event_timestamp: new Date().toISOString(),
          version: String(settings?.logSchemaVersion ?? 2),
          details,
        }),
      );
  };
}
