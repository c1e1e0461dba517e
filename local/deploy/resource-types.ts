import { apigateway } from "./apigateway.ts";
import { apigatewayv2 } from "./apigatewayv2.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { dynamodb } from "./dynamodb.ts";
import { events } from "./events.ts";
import { fis } from "./fis.ts";
import { functionUrl } from "./function-url.ts";
import { iam } from "./iam.ts";
import { lambda } from "./lambda.ts";
import { logs } from "./logs.ts";
import type { ResourceType } from "./resource-type.ts";
import { s3 } from "./s3.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { ssm } from "./ssm.ts";

/** Type token → how it is created: every resource type that the in-process engine knows. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  Object.entries({
    ...apigateway,
    ...apigatewayv2,
    ...cloudwatch,
    ...dynamodb,
    ...events,
    ...fis,
    ...functionUrl,
    ...iam,
    ...lambda,
    ...logs,
    ...s3,
    ...sns,
    ...sqs,
    ...ssm,
  }),
);
