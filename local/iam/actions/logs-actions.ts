import type { AwsCall } from "../../wire/aws-call.ts";
import { type ActionTable, arnIn, type CallInput, entries, textIn } from "./action-reader.ts";

/**
 * CloudWatch Logs checks group and stream in one ARN, also where a call names only a group or none:
 * `log-group:NAME:log-stream:STREAM`. A policy therefore ends a group's ARN with `:*`, except for
 * tags. Source: CloudWatch Logs User Guide, "Log group ARN formats"; Service Authorization
 * Reference, Amazon CloudWatch Logs.
 */
export const logsActions: ActionTable = {
  ...entries(
    "logs",
    [
      "CreateLogGroup",
      "DescribeLogGroups",
      "DeleteLogGroup",
      "PutLogGroupDeletionProtection",
      "PutRetentionPolicy",
      "DeleteRetentionPolicy",
      "CreateLogStream",
      "DeleteLogStream",
      "DescribeLogStreams",
      "PutLogEvents",
      "GetLogEvents",
      "FilterLogEvents",
    ],
    streamOf,
  ),
  ...entries("logs", ["TagResource", "UntagResource", "ListTagsForResource"], (input) => [
    textIn(input, "resourceArn"),
  ]),
  ...entries("logs", ["TagLogGroup", "UntagLogGroup", "ListTagsLogGroup"], (input, call) => [
    arnIn(call, "logs", `log-group:${textIn(input, "logGroupName")}`),
  ]),
};

function streamOf(input: CallInput, call: AwsCall): string[] {
  const identifier = textIn(input, "logGroupName") || textIn(input, "logGroupIdentifier");
  const group = identifier.startsWith("arn:")
    ? identifier
    : arnIn(call, "logs", `log-group:${identifier}`);
  return [`${group}:log-stream:${textIn(input, "logStreamName")}`];
}
