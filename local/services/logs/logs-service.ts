import type { AwsService } from "../aws-service.ts";
import { jsonService } from "../json-service.ts";
import { filterLogEvents } from "./filter-log-events.ts";
import { getLogEvents } from "./get-log-events.ts";
import { logGroupOperations } from "./log-group-operations.ts";
import { logStreamOperations } from "./log-stream-operations.ts";
import type { LogsOperation } from "./logs-operation.ts";
import type { LogsStore } from "./logs-store.ts";
import { logsTagOperations } from "./logs-tag-operations.ts";
import { putLogEvents } from "./put-log-events.ts";

const operations: Readonly<Record<string, LogsOperation>> = {
  ...logGroupOperations,
  ...logStreamOperations,
  ...logsTagOperations,
  PutLogEvents: putLogEvents,
  GetLogEvents: getLogEvents,
  FilterLogEvents: filterLogEvents,
};

/** CloudWatch Logs: groups, streams and their events. */
export function createLogsService(store: LogsStore): AwsService {
  return jsonService(
    "logs",
    Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [
        name,
        (input, call) => run(input, store, call),
      ]),
    ),
    { targetPrefix: "Logs_20140328", protocol: "json-1.1" },
  );
}
