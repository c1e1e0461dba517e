import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { declareEvents } from "./events.ts";
import { declareExperiment } from "./experiment.ts";
import { declareHttpApi } from "./http-api.ts";
import { declareStorage } from "./storage.ts";
import { declareStream } from "./stream.ts";

/** One resource of each type that the in-process engine knows, with more than its required inputs. */

const config = new pulumi.Config();
const endpoint = config.require("endpoint");
const provider = new aws.Provider("aws", {
  region: "eu-central-1",
  accessKey: "test",
  secretKey: pulumi.secret("test"),
  defaultTags: { tags: { stack: "every-resource" } },
  endpoints: [{ dynamodb: endpoint, sts: endpoint }],
});

class Everything extends pulumi.ComponentResource {
  readonly children: Record<string, pulumi.CustomResource>;

  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Everything", name, {}, opts);
    this.children = declare({ parent: this });
    this.registerOutputs();
  }
}

function declare(child: pulumi.CustomResourceOptions): Record<string, pulumi.CustomResource> {
  const table = new aws.dynamodb.Table(
    "table",
    {
      name: "orders",
      attributes: [
        { name: "id", type: "S" },
        { name: "at", type: "N" },
        { name: "customer", type: "S" },
      ],
      hashKey: "id",
      rangeKey: "at",
      billingMode: "PAY_PER_REQUEST",
      globalSecondaryIndexes: [
        { name: "by-customer", hashKey: "customer", projectionType: "KEYS_ONLY" },
      ],
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      streamEnabled: true,
      streamViewType: "NEW_IMAGE",
      tags: { kind: "table" },
    },
    child,
  );
  const role = new aws.iam.Role(
    "role",
    {
      name: "worker",
      path: "/workers/",
      description: "works",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
      tags: { kind: "role" },
    },
    child,
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    "attachment",
    {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    },
    child,
  );
  const policy = new aws.iam.Policy(
    "policy",
    {
      name: "reads",
      path: "/workers/",
      policy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sqs:GetQueueUrl", Resource: "*" }],
      },
    },
    child,
  );
  new aws.iam.PolicyAttachment(
    "policy-attachment",
    { roles: [role], policyArn: policy.arn },
    child,
  );
  const logGroup = new aws.cloudwatch.LogGroup(
    "logs",
    { name: "/aws/lambda/worker", retentionInDays: 7, tags: { kind: "logs" } },
    child,
  );
  const deadLetters = new aws.sqs.Queue("dead-letters", { name: "dead-letters" }, child);
  const queue = new aws.sqs.Queue(
    "jobs",
    { name: "jobs", visibilityTimeoutSeconds: 77, delaySeconds: 0, tags: { kind: "queue" } },
    child,
  );
  const rolePolicy = new aws.iam.RolePolicy(
    "role-policy",
    {
      name: "reads",
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
            Resource: queue.arn,
          },
        ],
      }),
    },
    child,
  );
  const redrive = new aws.sqs.RedrivePolicy(
    "redrive",
    {
      queueUrl: queue.url,
      redrivePolicy: pulumi.jsonStringify({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount: 9,
      }),
    },
    child,
  );
  const redriveAllow = new aws.sqs.RedriveAllowPolicy(
    "redrive-allow",
    {
      queueUrl: deadLetters.url,
      redriveAllowPolicy: pulumi.jsonStringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [queue.arn],
      }),
    },
    child,
  );
  const topic = new aws.sns.Topic(
    "news",
    { name: "news", displayName: "News", tags: { kind: "topic" } },
    child,
  );
  const statement = { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" } };
  const queuePolicy = new aws.sqs.QueuePolicy(
    "queue-policy",
    {
      queueUrl: queue.url,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ ...statement, Action: "sqs:SendMessage", Resource: queue.arn }],
      }),
    },
    child,
  );
  const topicPolicy = new aws.sns.TopicPolicy(
    "topic-policy",
    {
      arn: topic.arn,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ ...statement, Action: "sns:Publish", Resource: topic.arn }],
      }),
    },
    child,
  );
  const subscription = new aws.sns.TopicSubscription(
    "subscription",
    { topic: topic.arn, protocol: "sqs", endpoint: queue.arn, rawMessageDelivery: true },
    child,
  );
  const worker = new aws.lambda.Function(
    "worker",
    {
      name: "worker",
      runtime: config.require("runtime"),
      handler: "index.handler",
      role: role.arn,
      code: new pulumi.asset.AssetArchive({
        "index.mjs": new pulumi.asset.StringAsset("export const handler = async () => 'done';"),
      }),
      environment: { variables: { TABLE: table.name } },
      memorySize: 256,
      timeout: 9,
      tags: { kind: "function" },
    },
    { ...child, dependsOn: [rolePolicy, attachment, logGroup] },
  );
  const workerSubscription = new aws.sns.TopicSubscription(
    "worker-subscription",
    { topic: topic.arn, protocol: "lambda", endpoint: worker.arn },
    child,
  );
  const mapping = new aws.lambda.EventSourceMapping(
    "mapping",
    {
      eventSourceArn: queue.arn,
      functionName: worker.arn,
      batchSize: 3,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 4 },
    },
    { ...child, dependsOn: [redrive] },
  );
  const api = new aws.apigateway.RestApi(
    "api",
    {
      name: "api",
      description: "an API",
      endpointConfiguration: { types: "REGIONAL" },
      tags: { _custom_id_: "abc123" },
    },
    child,
  );
  const path = new aws.apigateway.Resource(
    "path",
    { restApi: api.id, parentId: api.rootResourceId, pathPart: "jobs" },
    child,
  );
  const method = new aws.apigateway.Method(
    "method",
    { restApi: api.id, resourceId: path.id, httpMethod: "POST", authorization: "NONE" },
    child,
  );
  const permission = new aws.lambda.Permission(
    "permission",
    {
      statementId: "from-api",
      action: "lambda:InvokeFunction",
      function: worker.name,
      principal: "apigateway.amazonaws.com",
      sourceArn: pulumi.interpolate`${api.executionArn}/*/POST/jobs`,
    },
    child,
  );
  const integration = new aws.apigateway.Integration(
    "integration",
    {
      restApi: api.id,
      resourceId: path.id,
      httpMethod: method.httpMethod,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: worker.invokeArn,
      timeoutMilliseconds: 5000,
    },
    child,
  );
  const deployment = new aws.apigateway.Deployment(
    "deployment",
    { restApi: api.id, triggers: { integration: integration.id } },
    child,
  );
  const stage = new aws.apigateway.Stage(
    "stage",
    { restApi: api.id, deployment: deployment.id, stageName: "live" },
    child,
  );
  const forExperiments = declareExperiment({ table, role, logGroup, deadLetters }, child);
  const forHttp = declareHttpApi(worker, child);
  const abroad = new aws.sqs.Queue("abroad", { name: "abroad", region: "eu-west-1" }, child);
  const unnamed = new aws.sqs.Queue("unnamed", {}, child);
  return {
    ...{ table, role, rolePolicy, attachment, logGroup, deadLetters, queue, redriveAllow, topic },
    ...{ queuePolicy, topicPolicy, subscription, worker, mapping, api, path, method, permission },
    ...{ integration, deployment, stage, abroad, unnamed, workerSubscription },
    ...forExperiments,
    ...forHttp,
    ...declareEvents({ worker, deadLetters }, child),
    ...declareStream({ table, role, worker, deadLetters }, child),
    ...declareStorage(unnamed, child),
  };
}

export const resources = new Everything("everything", { provider }).children;
export const identity = aws.getCallerIdentityOutput({}, { provider });
export const region = aws.getRegionOutput({}, { provider });
export const partition = aws.getPartitionOutput({}, { provider });
export const secret = pulumi.secret({ word: "hush" });
