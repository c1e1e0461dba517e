import { readForm } from "../services/query-service.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import { readCbor } from "../wire/cbor.ts";
import { cutJson } from "../wire/cut-json.ts";
import type { ActionOnResource, ActionTable, CallInput } from "./actions/action-reader.ts";
import { cloudwatchActions } from "./actions/cloudwatch-actions.ts";
import { dynamodbActions } from "./actions/dynamodb-actions.ts";
import { eventsActions } from "./actions/events-actions.ts";
import { fisActions } from "./actions/fis-actions.ts";
import { iamActions } from "./actions/iam-actions.ts";
import { kmsActions } from "./actions/kms-actions.ts";
import { lambdaActions } from "./actions/lambda-actions.ts";
import { logsActions } from "./actions/logs-actions.ts";
import { s3Actions } from "./actions/s3-actions.ts";
import { snsActions } from "./actions/sns-actions.ts";
import { sqsActions } from "./actions/sqs-actions.ts";
import { ssmActions } from "./actions/ssm-actions.ts";

const tables: Readonly<Record<string, ActionTable>> = {
  dynamodb: dynamodbActions,
  sqs: sqsActions,
  sns: snsActions,
  lambda: lambdaActions,
  logs: logsActions,
  events: eventsActions,
  fis: fisActions,
  iam: iamActions,
  monitoring: cloudwatchActions,
  s3: s3Actions,
  ssm: ssmActions,
  kms: kmsActions,
  sts: {
    // Nobody can be denied these two.
    GetCallerIdentity: () => [],
    GetAccessKeyInfo: () => [],
    // Decided by STS itself, which has the role's trust policy.
    AssumeRole: () => [],
  },
};

/**
 * The actions that a call needs, each with the ARN of its resource; `undefined` for an operation
 * that is in no table. Reads the body once.
 */
export function actionsOfCall(call: AwsCall): readonly ActionOnResource[] | undefined {
  // API Gateway's actions are HTTP methods, and its resources are paths.
  if (call.service === "apigateway")
    return [
      {
        action: `apigateway:${call.request.method}`,
        // Version 2 of the API has its own prefix, which no ARN has.
        resource: `arn:aws:apigateway:${call.region}::${call.request.path.replace(/^\/v2\//, "/")}`,
      },
    ];
  const table = tables[call.service];
  if (!table || !Object.hasOwn(table, call.operation)) return undefined;
  return table[call.operation]?.(readInput(call), call);
}

/** The parameters of a call; none when its body cannot be read, which its service then refuses. */
function readInput(call: AwsCall): CallInput {
  if (call.protocol === "query") return readForm(call.request);
  // A document of S3 says nothing of what it is for, and an object may be large.
  if (call.protocol === "rest-xml") return {};
  // The path of a rest-json call says it all, but for creations and the start of an experiment.
  if (call.protocol === "rest-json" && !/^(Create|Start)/.test(call.operation)) return {};
  try {
    const { body } = call.request;
    const input: unknown =
      call.protocol === "rpc-v2-cbor" ? readCbor(body) : JSON.parse(textOf(call));
    return typeof input === "object" && input !== null ? (input as CallInput) : {};
  } catch {
    return {};
  }
}

/** Bytes from which on the items of a DynamoDB request, which no action reads, are left out. */
const largeBytes = 512 * 1024;

/** The level of JSON at which these operations have their items; 2 in the others. */
const itemLevels: Readonly<Record<string, number>> = {
  BatchGetItem: 3,
  BatchWriteItem: 3,
  TransactGetItems: 5,
  TransactWriteItems: 5,
};

function textOf({ service, operation, request: { body } }: AwsCall): string {
  if (service !== "dynamodb" || body.length < largeBytes) return body.toString("utf8");
  return cutJson(body, itemLevels[operation] ?? 2).skeleton;
}
