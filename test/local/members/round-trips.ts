import { APIGateway, type CreateRestApiCommandInput } from "@aws-sdk/client-api-gateway";
import { CloudWatch, type PutMetricAlarmCommandInput } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs, type CreateLogGroupCommandInput } from "@aws-sdk/client-cloudwatch-logs";
import { type CreateTableCommandInput, DynamoDB } from "@aws-sdk/client-dynamodb";
import { type CreateRoleCommandInput, IAM } from "@aws-sdk/client-iam";
import { type CreateFunctionCommandInput, Lambda } from "@aws-sdk/client-lambda";
import { type CreateQueueCommandInput, SQS } from "@aws-sdk/client-sqs";
import { type CreateDocumentCommandInput, SSM } from "@aws-sdk/client-ssm";
import { clientSettings } from "../../support/client-settings.ts";
import { zipOf } from "../lambda/start-lambda.ts";

/** What is created with every member that can be read again, and how it is read. */
export interface RoundTrip {
  readonly operation: string;
  readonly input: object;
  /** Members that no answer shows, or shows in another form: other tests look at what they do. */
  readonly seenElsewhere: readonly string[];
  /** Creates it and answers all that describes it. */
  run(): Promise<unknown>;
}

const policy = (Action: string, principal?: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, ...(principal ?? { Resource: "*" }) }],
  });
const Tags = [{ Key: "tag-key", Value: "tag-value" }];
const account = "000000000000";

const functionInput: Omit<CreateFunctionCommandInput, "Code"> = {
  FunctionName: "round-trip",
  Role: `arn:aws:iam::${account}:role/round-trip-role`,
  Runtime: "nodejs22.x",
  Handler: "index.other",
  Description: "of a round trip",
  Timeout: 17,
  MemorySize: 257,
  Environment: { Variables: { KEY: "of an environment" } },
  TracingConfig: { Mode: "Active" },
  Layers: ["arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:9"],
  EphemeralStorage: { Size: 777 },
  LoggingConfig: { LogGroup: "/round/trip" },
  Architectures: ["arm64"],
  Tags: { "tag-key": "tag-value" },
};
const tableInput: CreateTableCommandInput = {
  TableName: "round-trip",
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "at", AttributeType: "N" },
  ],
  KeySchema: [
    { AttributeName: "id", KeyType: "HASH" },
    { AttributeName: "at", KeyType: "RANGE" },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: "local",
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["of-local"] },
    },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "global",
      KeySchema: [{ AttributeName: "at", KeyType: "HASH" }],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["of-global"] },
      ProvisionedThroughput: { ReadCapacityUnits: 31, WriteCapacityUnits: 32 },
    },
  ],
  ProvisionedThroughput: { ReadCapacityUnits: 33, WriteCapacityUnits: 34 },
  SSESpecification: { KMSMasterKeyId: `arn:aws:kms:us-east-1:${account}:key/k`, Enabled: true },
  TableClass: "STANDARD_INFREQUENT_ACCESS",
  DeletionProtectionEnabled: true,
  WarmThroughput: { ReadUnitsPerSecond: 14_001, WriteUnitsPerSecond: 5_001 },
  StreamSpecification: { StreamEnabled: true, StreamViewType: "OLD_IMAGE" },
  ResourcePolicy: policy("dynamodb:GetItem", { Principal: "*", Resource: "*" }),
  Tags,
};
const alarmInput: PutMetricAlarmCommandInput = {
  AlarmName: "round-trip",
  AlarmDescription: "of a round trip",
  ActionsEnabled: false,
  OKActions: [`arn:aws:sns:us-east-1:${account}:ok`],
  AlarmActions: [`arn:aws:sns:us-east-1:${account}:alarm`],
  InsufficientDataActions: [`arn:aws:sns:us-east-1:${account}:none`],
  MetricName: "Round",
  Namespace: "Trip",
  ExtendedStatistic: "p97",
  Dimensions: [{ Name: "dimension", Value: "of the alarm" }],
  Period: 180,
  Unit: "Bytes",
  EvaluationPeriods: 8,
  DatapointsToAlarm: 6,
  Threshold: 61.5,
  ComparisonOperator: "LessThanThreshold",
  TreatMissingData: "notBreaching",
  EvaluateLowSampleCountPercentile: "ignore",
  Tags,
};
const apiInput: CreateRestApiCommandInput = {
  name: "round-trip",
  description: "of a round trip",
  version: "of-the-api",
  binaryMediaTypes: ["image/round"],
  apiKeySource: "HEADER",
  endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "dualstack" },
  disableExecuteApiEndpoint: true,
  tags: { "tag-key": "tag-value" },
};

const roleInput: Omit<CreateRoleCommandInput, "AssumeRolePolicyDocument"> = {
  RoleName: "round-trip",
  Path: "/round/",
  Description: "of a round trip",
  MaxSessionDuration: 4321,
  Tags,
};
const groupInput: CreateLogGroupCommandInput = {
  logGroupName: "round-trip",
  tags: { "tag-key": "tag-value" },
  logGroupClass: "INFREQUENT_ACCESS",
  deletionProtectionEnabled: true,
};
const queueInput: Omit<CreateQueueCommandInput, "QueueName"> = {
  Attributes: { VisibilityTimeout: "43" },
  tags: { "tag-key": "tag-value" },
};
const documentInput: Omit<CreateDocumentCommandInput, "Content"> = {
  Name: "round-trip",
  DocumentType: "Automation",
  DocumentFormat: "YAML",
  Tags,
};
const runbook = `schemaVersion: '0.3'
mainSteps: [{ name: wait, action: 'aws:sleep', inputs: { Duration: PT1S } }]`;

/** One round trip for each operation that creates something with many members. */
export function createRoundTrips(endpoint: string) {
  const settings = clientSettings(endpoint);
  const lambda = new Lambda(settings);
  const dynamodb = new DynamoDB(settings);
  const iam = new IAM(settings);
  const logs = new CloudWatchLogs(settings);
  const monitoring = new CloudWatch(settings);
  const sqs = new SQS(settings);
  const ssm = new SSM(settings);
  const apigateway = new APIGateway(settings);

  const trips: Readonly<Record<string, readonly RoundTrip[]>> = {
    lambda: [
      {
        operation: "CreateFunction",
        input: functionInput,
        seenElsewhere: ["Code.ZipFile"],
        async run() {
          await lambda.createFunction({ ...functionInput, Code: { ZipFile: zipOf("") } });
          return lambda.getFunction({ FunctionName: functionInput.FunctionName });
        },
      },
    ],
    dynamodb: [
      {
        operation: "CreateTable",
        input: tableInput,
        seenElsewhere: ["BillingMode"],
        async run() {
          const { TableDescription } = await dynamodb.createTable(tableInput);
          const ResourceArn = TableDescription?.TableArn;
          const { Policy } = await dynamodb.getResourcePolicy({ ResourceArn });
          return [
            await dynamodb.describeTable({ TableName: tableInput.TableName }),
            await dynamodb.listTagsOfResource({ ResourceArn }),
            Policy,
          ];
        },
      },
    ],
    monitoring: [
      {
        operation: "PutMetricAlarm",
        input: alarmInput,
        seenElsewhere: ["Statistic"],
        async run() {
          await monitoring.putMetricAlarm(alarmInput);
          const found = await monitoring.describeAlarms({ AlarmNames: ["round-trip"] });
          const ResourceARN = found.MetricAlarms?.[0]?.AlarmArn;
          return [found, await monitoring.listTagsForResource({ ResourceARN })];
        },
      },
    ],
    iam: [
      {
        operation: "CreateRole",
        input: roleInput,
        seenElsewhere: ["AssumeRolePolicyDocument"],
        async run() {
          await iam.createRole({
            ...roleInput,
            AssumeRolePolicyDocument: policy("sts:AssumeRole", { Principal: "*" }),
          });
          return iam.getRole({ RoleName: "round-trip" });
        },
      },
    ],
    logs: [
      {
        operation: "CreateLogGroup",
        input: groupInput,
        seenElsewhere: [],
        async run() {
          await logs.createLogGroup(groupInput);
          const found = await logs.describeLogGroups({ logGroupNamePrefix: "round-trip" });
          const resourceArn = found.logGroups?.[0]?.logGroupArn;
          return [found, await logs.listTagsForResource({ resourceArn })];
        },
      },
    ],
    sqs: [
      {
        operation: "CreateQueue",
        input: queueInput,
        seenElsewhere: ["QueueName"],
        async run() {
          const { QueueUrl } = await sqs.createQueue({ ...queueInput, QueueName: "round-trip" });
          return [
            await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] }),
            await sqs.listQueueTags({ QueueUrl }),
          ];
        },
      },
    ],
    ssm: [
      {
        operation: "CreateDocument",
        input: documentInput,
        seenElsewhere: ["Content"],
        async run() {
          await ssm.createDocument({ ...documentInput, Content: runbook });
          return ssm.describeDocument({ Name: "round-trip" });
        },
      },
    ],
    apigateway: [
      {
        operation: "CreateRestApi",
        input: apiInput,
        seenElsewhere: [],
        async run() {
          const { id } = await apigateway.createRestApi(apiInput);
          return apigateway.getRestApi({ restApiId: id });
        },
      },
    ],
  };
  return {
    trips,
    close(): void {
      for (const client of [lambda, dynamodb, iam, logs, monitoring, sqs, ssm, apigateway])
        client.destroy();
    },
  };
}
