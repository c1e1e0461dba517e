import { AwsError } from "../../wire/aws-error.ts";
import type { LogGroup } from "./log-group.ts";
import {
  broken,
  flagOf,
  groupNameOf,
  groupOf,
  identifiedGroupOf,
  integerOf,
  invalidParameter,
  optionalTextOf,
  tagsOf,
  textsOf,
} from "./logs-input.ts";
import type { LogsOperation } from "./logs-operation.ts";
import { pageOf } from "./page.ts";

const classes = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"];
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** Source: CloudWatch Logs API 2014-03-28. */
export const logGroupOperations: Readonly<Record<string, LogsOperation>> = {
  CreateLogGroup(input, store, call) {
    const name = groupNameOf(input);
    const logGroupClass = optionalTextOf(input, "logGroupClass") ?? "STANDARD";
    if (!classes.includes(logGroupClass))
      throw broken(
        "logGroupClass",
        logGroupClass,
        `Member must satisfy enum value set: [${classes.join(", ")}]`,
      );
    store.createGroup(call.region, name, {
      logGroupClass,
      deletionProtected: flagOf(input, "deletionProtectionEnabled"),
      tags: tagsOf(input),
    });
  },

  DescribeLogGroups(input, store, call) {
    const prefix = optionalTextOf(input, "logGroupNamePrefix");
    const part = optionalTextOf(input, "logGroupNamePattern");
    if (prefix !== undefined && part !== undefined)
      throw invalidParameter(
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive",
      );
    const logGroupClass = optionalTextOf(input, "logGroupClass");
    const identifiers = textsOf(input, "logGroupIdentifiers");
    const groups = store
      .groups(call.region)
      .filter((group) => group.name.startsWith(prefix ?? ""))
      .filter((group) => group.name.toLowerCase().includes((part ?? "").toLowerCase()))
      .filter((group) => (logGroupClass ?? group.logGroupClass) === group.logGroupClass)
      .filter(({ name, arn }) => identifiers?.some((id) => id === name || id === arn) ?? true);
    const { items, ...next } = pageOf(input, groups, { keyOf: ({ name }) => name, maxLimit: 50 });
    return { logGroups: items.map(describe), ...next };
  },

  DeleteLogGroup(input, store, call) {
    const group = groupOf(input, store, call);
    if (group.deletionProtected)
      throw new AwsError(
        "ValidationException",
        `The log group ${group.name} has deletion protection; switch it off first.`,
      );
    store.deleteGroup(group, call.region);
  },

  PutLogGroupDeletionProtection(input, store, call) {
    const group = identifiedGroupOf(input, store, call);
    group.deletionProtected = flagOf(input, "deletionProtectionEnabled");
  },

  PutRetentionPolicy(input, store, call) {
    const group = groupOf(input, store, call);
    const days = integerOf(input, "retentionInDays");
    if (days === undefined || !retentions.includes(days))
      throw broken(
        "retentionInDays",
        days ?? "null",
        `Member must satisfy enum value set: [${retentions.join(", ")}]`,
      );
    group.retentionInDays = days;
  },

  DeleteRetentionPolicy(input, store, call) {
    groupOf(input, store, call).retentionInDays = undefined;
  },
};

function describe(group: LogGroup) {
  return {
    logGroupName: group.name,
    logGroupArn: group.arn,
    arn: `${group.arn}:*`,
    creationTime: group.createdAtMs,
    retentionInDays: group.retentionInDays,
    metricFilterCount: 0,
    storedBytes: group.events.list().reduce((sum, { message }) => sum + message.length, 0),
    logGroupClass: group.logGroupClass,
    deletionProtectionEnabled: group.deletionProtected,
  };
}
