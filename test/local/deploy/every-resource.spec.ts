import {
  APIGatewayClient,
  GetIntegrationCommand,
  GetMethodCommand,
  GetRestApiCommand,
  GetStageCommand,
} from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
} from "@aws-sdk/client-dynamodb";
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { deploy } from "../../../local/deploy/deploy.ts";
import { resourceTypes } from "../../../local/deploy/resource-types.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { expectEventRule } from "./expect-event-rule.ts";
import { expectStreamMapping } from "./expect-stream-mapping.ts";
import { send } from "../apigateway/send.ts";
import { expectBuckets } from "./expect-buckets.ts";

interface Outputs {
  resources: Record<string, Record<string, string>>;
  identity: { accountId: string };
  region: { name: string };
  partition: { partition: string };
  secret: { word: string };
}

const programUrl = new URL("programs/every-resource/index.ts", import.meta.url);

describe("the in-process engine creates", () => {
  let cloud: Cloud;
  let outputs: Outputs;
  let settings: ReturnType<typeof clientSettings>;
  const created = new Set<unknown>();

  before(async () => {
    cloud = await startCloud();
    settings = { ...clientSettings(cloud.endpoint), region: "eu-central-1" };
    ({ outputs } = await deploy<Outputs>({
      programUrl,
      stack: "local",
      endpoint: cloud.endpoint,
      log: ({ type }) => created.add(type),
    }));
  });
  after(() => cloud.close());

  const output = (resource: string, name: string): string => {
    return outputs.resources[resource]?.[name] ?? `no output ${resource}.${name}`;
  };

  it("every type of resource that it knows", () => {
    expect([...created]).to.have.members([...resourceTypes.keys()]);
  });

  it("a DynamoDB table", async () => {
    const client = new DynamoDBClient(settings);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "orders" }));
    expect(Table).to.deep.include({
      TableArn: output("table", "arn"),
      TableStatus: "ACTIVE",
      DeletionProtectionEnabled: true,
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
    });
    expect(Table?.BillingModeSummary?.BillingMode).to.equal("PAY_PER_REQUEST");
    expect(Table?.GlobalSecondaryIndexes?.[0]).to.deep.include({
      IndexName: "by-customer",
      Projection: { ProjectionType: "KEYS_ONLY" },
    });
    const backups = await client.send(
      new DescribeContinuousBackupsCommand({ TableName: "orders" }),
    );
    expect(
      backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription
        ?.PointInTimeRecoveryStatus,
    ).to.equal("ENABLED");
    const tags = await client.send(
      new ListTagsOfResourceCommand({ ResourceArn: output("table", "arn") }),
    );
    expect(tags.Tags).to.have.deep.members([
      { Key: "stack", Value: "every-resource" },
      { Key: "kind", Value: "table" },
    ]);
  });

  it("buckets with their settings and objects", () => expectBuckets(settings, output));

  it("an IAM role with its policies", async () => {
    const client = new IAMClient(settings);
    const { Role } = await client.send(new GetRoleCommand({ RoleName: "worker" }));
    expect(Role).to.include({
      Arn: output("role", "arn"),
      Path: "/workers/",
      Description: "works",
    });
    const { PolicyDocument } = await client.send(
      new GetRolePolicyCommand({ RoleName: "worker", PolicyName: "reads" }),
    );
    expect(decodeURIComponent(PolicyDocument ?? "")).to.equal(output("rolePolicy", "policy"));
    const attached = await client.send(new ListAttachedRolePoliciesCommand({ RoleName: "worker" }));
    expect(attached.AttachedPolicies?.[0]?.PolicyName).to.equal("AWSLambdaBasicExecutionRole");
  });

  it("a log group", async () => {
    const { logGroups } = await new CloudWatchLogsClient(settings).send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/worker" }),
    );
    expect(logGroups?.[0]).to.include({
      logGroupArn: output("logGroup", "arn"),
      retentionInDays: 7,
    });
  });

  it("an SQS queue with its policies", async () => {
    const client = new SQSClient(settings);
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: output("queue", "url"),
        AttributeNames: ["All"],
      }),
    );
    expect(Attributes).to.include({
      QueueArn: output("queue", "arn"),
      VisibilityTimeout: "77",
      Policy: output("queuePolicy", "policy"),
    });
    expect(JSON.parse(Attributes?.RedrivePolicy ?? "{}")).to.deep.equal({
      deadLetterTargetArn: output("deadLetters", "arn"),
      maxReceiveCount: 9,
    });
    const deadLetters = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: output("deadLetters", "url"),
        AttributeNames: ["RedriveAllowPolicy"],
      }),
    );
    expect(deadLetters.Attributes?.RedriveAllowPolicy).to.equal(
      output("redriveAllow", "redriveAllowPolicy"),
    );
    expect(output("deadLetters", "visibilityTimeoutSeconds")).to.equal(30);
  });

  it("an SNS topic with a policy and subscriptions", async () => {
    const client = new SNSClient(settings);
    const TopicArn = output("topic", "arn");
    const topic = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(topic.Attributes).to.include({
      DisplayName: "News",
      Policy: output("topicPolicy", "policy"),
    });
    const tags = await client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));
    expect(tags.Tags).to.deep.include({ Key: "kind", Value: "topic" });
    const subscription = await client.send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn: output("subscription", "arn") }),
    );
    expect(subscription.Attributes).to.include({
      TopicArn,
      Protocol: "sqs",
      Endpoint: output("queue", "arn"),
      RawMessageDelivery: "true",
    });
    const ofWorker = await client.send(
      new GetSubscriptionAttributesCommand({
        SubscriptionArn: output("workerSubscription", "arn"),
      }),
    );
    expect(ofWorker.Attributes).to.include({
      ...{ TopicArn, Protocol: "lambda", Endpoint: output("worker", "arn") },
    });
  });

  it("a Lambda function that runs, with a permission and a mapping", async () => {
    const client = new LambdaClient(settings);
    const worker = await client.send(new GetFunctionCommand({ FunctionName: "worker" }));
    expect(worker.Configuration).to.deep.include({
      FunctionArn: output("worker", "arn"),
      CodeSha256: output("worker", "sourceCodeHash"),
      Environment: { Variables: { TABLE: "orders" } },
      MemorySize: 256,
      Timeout: 9,
    });
    expect(worker.Tags).to.deep.equal({ stack: "every-resource", kind: "function" });
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: "worker" }));
    expect(Payload?.transformToString()).to.equal('"done"');
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: "worker" }));
    expect(Policy).to.contain('"from-api"').and.contain(output("permission", "sourceArn"));
    const mapping = await client.send(
      new GetEventSourceMappingCommand({ UUID: output("mapping", "uuid") }),
    );
    expect(mapping).to.deep.include({
      EventSourceArn: output("queue", "arn"),
      BatchSize: 3,
      State: "Enabled",
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 4 },
    });
  });

  it("a mapping of a table's stream", () => expectStreamMapping(settings, output));

  it("a rule of an event bus", () => expectEventRule(settings, output));

  it("a REST API with a stage", async () => {
    const client = new APIGatewayClient(settings);
    const restApiId = output("api", "id");
    const api = await client.send(new GetRestApiCommand({ restApiId }));
    expect(api).to.include({ id: "abc123", name: "api", description: "an API" });
    expect(api.endpointConfiguration?.types).to.deep.equal(["REGIONAL"]);
    const at = { restApiId, resourceId: output("path", "id"), httpMethod: "POST" };
    const method = await client.send(new GetMethodCommand(at));
    expect(method.authorizationType).to.equal("NONE");
    expect(await client.send(new GetIntegrationCommand(at))).to.include({
      type: "AWS_PROXY",
      uri: output("worker", "invokeArn"),
      timeoutInMillis: 5000,
    });
    const stage = await client.send(new GetStageCommand({ restApiId, stageName: "live" }));
    expect(stage.deploymentId).to.equal(output("deployment", "id"));
  });

  it("a REST API from a document, with its own name and binary types", async () => {
    const client = new APIGatewayClient(settings);
    const api = await client.send(new GetRestApiCommand({ restApiId: output("documented", "id") }));
    expect(api).to.deep.include({
      name: "documented",
      description: "from a document",
      binaryMediaTypes: ["image/png"],
    });
    const { host, pathname } = new URL(output("documentedStage", "invokeUrl"));
    const { port } = new URL(cloud.endpoint);
    const answer = await send(Number(port), `${pathname}/jobs`, { headers: { host } });
    expect(answer.status).to.equal(502);
  });

  it("an HTTP API and a function URL that answer", async () => {
    const { port } = new URL(cloud.endpoint);
    for (const url of [
      output("httpStage", "invokeUrl"),
      `${output("deployedStage", "invokeUrl")}/`,
      output("functionUrl", "functionUrl"),
    ]) {
      const { host, pathname } = new URL(url);
      const answer = await send(Number(port), `${pathname}jobs`, { headers: { host } });
      expect([answer.status, answer.text], url).to.deep.equal([200, "done"]);
    }
    expect(output("functionUrl", "urlId")).to.match(/^[a-z2-7]{32}$/);
  });

  it("a resource in a region of its own, and one without a name", async () => {
    const abroad = new SQSClient({ ...settings, region: "eu-west-1" });
    const { QueueUrls } = await abroad.send(new ListQueuesCommand({}));
    expect(QueueUrls).to.deep.equal([output("abroad", "url")]);
    expect(output("unnamed", "name")).to.match(/^unnamed-[0-9a-f]{7}$/);
  });

  it("and answers the functions of the program", () => {
    expect(outputs.identity.accountId).to.equal("000000000000");
    expect(outputs.region.name).to.equal("eu-central-1");
    expect(outputs.partition.partition).to.equal("aws");
    expect(outputs.secret).to.deep.equal({ word: "hush" });
  });
});
