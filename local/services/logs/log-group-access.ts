import type { LogsStore } from "./logs-store.ts";
import { readLogGroupArn } from "./read-log-group-arn.ts";

/** How other services reach log groups, by ARN. */
export interface LogGroupAccess {
  writeToGroup(logGroupArn: string, stream: string, message: string): void;
  hasLogGroup(logGroupArn: string): boolean;
}

export function createLogGroupAccess(logs: LogsStore): LogGroupAccess {
  return {
    writeToGroup(logGroupArn, stream, message) {
      const { region, name } = readLogGroupArn(logGroupArn);
      logs.append(name, stream, message, Date.now(), region);
    },
    hasLogGroup(logGroupArn) {
      const { region, name } = readLogGroupArn(logGroupArn);
      return logs.groups(region).some((group) => group.name === name);
    },
  };
}
