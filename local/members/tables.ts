import type { ServiceMembers } from "./member-table.ts";
import { apigatewayMembers } from "./tables/apigateway.ts";
import { apigatewayv2Members } from "./tables/apigatewayv2.ts";
import { cloudwatchMembers } from "./tables/cloudwatch.ts";
import { dynamodbMembers } from "./tables/dynamodb.ts";
import { eventsMembers } from "./tables/events.ts";
import { fisMembers } from "./tables/fis.ts";
import { iamMembers } from "./tables/iam.ts";
import { lambdaMembers } from "./tables/lambda.ts";
import { logsMembers } from "./tables/logs.ts";
import { s3Members } from "./tables/s3.ts";
import { snsMembers } from "./tables/sns.ts";
import { sqsMembers } from "./tables/sqs.ts";
import { ssmMembers } from "./tables/ssm.ts";
import { stsMembers } from "./tables/sts.ts";

/** The members of every operation's input, by the service's signing name, or its API's. */
export const memberTables: Readonly<Record<string, ServiceMembers>> = {
  apigateway: apigatewayMembers,
  apigatewayv2: apigatewayv2Members,
  dynamodb: dynamodbMembers,
  events: eventsMembers,
  fis: fisMembers,
  iam: iamMembers,
  kms: { DescribeKey: { honours: "KeyId", ignores: { "nothing-is-locked": "GrantTokens" } } },
  lambda: lambdaMembers,
  logs: logsMembers,
  monitoring: cloudwatchMembers,
  s3: s3Members,
  sns: snsMembers,
  sqs: sqsMembers,
  ssm: ssmMembers,
  sts: stsMembers,
};
