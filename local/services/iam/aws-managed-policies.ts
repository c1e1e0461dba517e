import { createHash } from "node:crypto";
import type { PolicyDocument } from "../../iam/policy-document.ts";
import type { ManagedPolicy } from "./iam-entities.ts";

const writeLogs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/** Source: AWS Managed Policy Reference Guide. Path and name → actions, allowed on everything. */
const allowedActions: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ["*"],
  AWSXRayDaemonWriteAccess: [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
  ],
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ],
  "service-role/AWSLambdaBasicExecutionRole": writeLogs,
  "service-role/AWSLambdaDynamoDBExecutionRole": [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    ...writeLogs,
  ],
  "service-role/AWSLambdaRole": ["lambda:InvokeFunction"],
  "service-role/AWSLambdaSQSQueueExecutionRole": [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    ...writeLogs,
  ],
};

/** The policies managed by AWS that are known here; every account has them. */
export function createAwsManagedPolicies(): ManagedPolicy[] {
  return Object.entries(allowedActions).map(([pathAndName, actions]) => {
    const slash = pathAndName.lastIndexOf("/");
    const document: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
    };
    const createdAt = new Date("2015-04-09T15:03:43Z");
    const hash = createHash("sha256").update(pathAndName).digest("hex").toUpperCase();
    return {
      name: pathAndName.slice(slash + 1),
      path: `/${pathAndName.slice(0, slash + 1)}`,
      id: `ANPA${hash.slice(0, 17)}`,
      arn: `arn:aws:iam::aws:policy/${pathAndName}`,
      createdAt,
      updatedAt: createdAt,
      description: undefined,
      tags: new Map(),
      versions: [{ id: "v1", createdAt, text: JSON.stringify(document), document }],
      defaultVersionId: "v1",
      lastVersion: 1,
    };
  });
}

export function isAwsManaged(policyArn: string): boolean {
  return policyArn.startsWith("arn:aws:iam::aws:policy/");
}
