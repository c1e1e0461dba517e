import * as apigateway from "@aws-sdk/client-api-gateway";
import * as apigatewayv2 from "@aws-sdk/client-apigatewayv2";
import * as monitoring from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as streams from "@aws-sdk/client-dynamodb-streams";
import * as events from "@aws-sdk/client-eventbridge";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { memberTables } from "../../../local/members/tables.ts";
import { fisMembersOf } from "./fis-model.ts";
import { type ModelMember, walkMembers } from "./walk-members.ts";

type Exports = Readonly<Record<string, unknown>>;

/** The client packages whose schemas are read, by signing name. FIS's has none. */
const packages: Readonly<Record<string, Exports>> = {
  apigateway,
  apigatewayv2,
  dynamodb,
  events,
  iam,
  kms,
  lambda,
  logs,
  monitoring,
  s3,
  sns,
  sqs,
  ssm,
  sts,
};

/** The client package that has an operation. DynamoDB's signing name has two of them. */
export function packageOf(service: string, operation: string): Exports {
  if (service === "dynamodb" && `${operation}Command` in streams) return streams;
  return packages[service] ?? {};
}

/** The schema of an operation's input, as the SDK client exports it. */
export function inputSchemaOf(service: string, operation: string): unknown {
  const schema = packageOf(service, operation)[`${operation}$`];
  if (!Array.isArray(schema)) throw new Error(`No schema of ${service}.${operation}.`);
  return schema[4];
}

/** Every member of an operation's input in its model. */
export function membersOf(service: string, operation: string): ModelMember[] {
  return service === "fis"
    ? fisMembersOf(operation)
    : walkMembers(inputSchemaOf(service, operation));
}

/** Every operation that has a table, with its table. */
export function everyOperation() {
  return Object.entries(memberTables).flatMap(([service, tables]) =>
    Object.entries(tables).map(([operation, table]) => ({ service, operation, table })),
  );
}
