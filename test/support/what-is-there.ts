import { APIGatewayClient, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { FisClient, ListExperimentTemplatesCommand } from "@aws-sdk/client-fis";
import { IAMClient, ListPoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { ListSubscriptionsCommand, ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "./client-settings.ts";

/** How many resources of each kind a cloud holds; only kinds of which there are any. */
export async function whatIsThere(endpoint: string): Promise<Record<string, number>> {
  const settings = clientSettings(endpoint);
  const apigateway = new APIGatewayClient(settings);
  const cloudwatch = new CloudWatchClient(settings);
  const dynamodb = new DynamoDBClient(settings);
  const fis = new FisClient(settings);
  const iam = new IAMClient(settings);
  const lambda = new LambdaClient(settings);
  const logs = new CloudWatchLogsClient(settings);
  const sns = new SNSClient(settings);
  const sqs = new SQSClient(settings);
  const lists: Record<string, readonly unknown[] | undefined> = {
    alarms: (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms,
    apis: (await apigateway.send(new GetRestApisCommand({}))).items,
    functions: (await lambda.send(new ListFunctionsCommand({}))).Functions,
    logGroups: (await logs.send(new DescribeLogGroupsCommand({}))).logGroups,
    mappings: (await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings,
    policies: (await iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies,
    queues: (await sqs.send(new ListQueuesCommand({}))).QueueUrls,
    roles: (await iam.send(new ListRolesCommand({}))).Roles,
    subscriptions: (await sns.send(new ListSubscriptionsCommand({}))).Subscriptions,
    tables: (await dynamodb.send(new ListTablesCommand({}))).TableNames,
    templates: (await fis.send(new ListExperimentTemplatesCommand({}))).experimentTemplates,
    topics: (await sns.send(new ListTopicsCommand({}))).Topics,
  };
  for (const client of [apigateway, cloudwatch, dynamodb, fis, iam, lambda, logs, sns, sqs])
    client.destroy();
  return Object.fromEntries(
    Object.entries(lists)
      .map(([kind, list]) => [kind, list?.length ?? 0] as const)
      .filter(([, count]) => count > 0),
  );
}
