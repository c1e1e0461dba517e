import type { OperationMembers, ServiceMembers } from "../member-table.ts";

const ofGroup: OperationMembers = { honours: "logGroupName" };
const ofStream: OperationMembers = { honours: "logGroupName logStreamName" };
const group = "logGroupName logGroupIdentifier";
const page = "nextToken limit";

/** Source: CloudWatch Logs API 2014-03-28. */
export const logsMembers: ServiceMembers = {
  CreateLogGroup: {
    honours: "logGroupName tags logGroupClass deletionProtectionEnabled",
    refuses: "kmsKeyId",
  },
  DescribeLogGroups: {
    honours: `logGroupNamePrefix logGroupNamePattern logGroupClass logGroupIdentifiers ${page}`,
    refuses: "accountIdentifiers",
    ignores: { "one-account": "includeLinkedAccounts" },
  },
  DeleteLogGroup: ofGroup,
  PutLogGroupDeletionProtection: { honours: "logGroupIdentifier deletionProtectionEnabled" },
  PutRetentionPolicy: { honours: "logGroupName retentionInDays" },
  DeleteRetentionPolicy: ofGroup,
  CreateLogStream: ofStream,
  DeleteLogStream: ofStream,
  DescribeLogStreams: { honours: `${group} logStreamNamePrefix orderBy descending ${page}` },
  TagResource: { honours: "resourceArn tags" },
  UntagResource: { honours: "resourceArn tagKeys" },
  ListTagsForResource: { honours: "resourceArn" },
  TagLogGroup: { honours: "logGroupName tags" },
  UntagLogGroup: { honours: "logGroupName tags" },
  ListTagsLogGroup: ofGroup,
  PutLogEvents: {
    honours: "logGroupName logStreamName logEvents(timestamp message)",
    ignores: { "aws-ignores-it": "sequenceToken", "tracing-only": "entity" },
  },
  GetLogEvents: {
    honours: `${group} logStreamName startTime endTime startFromHead ${page}`,
    ignores: { "nothing-is-locked": "unmask" },
  },
  FilterLogEvents: {
    honours: `${group} logStreamNames logStreamNamePrefix startTime endTime filterPattern startFromHead
      ${page}`,
    ignores: { "aws-ignores-it": "interleaved", "nothing-is-locked": "unmask" },
  },
};
