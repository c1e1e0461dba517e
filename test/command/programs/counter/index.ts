import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const counters = new aws.dynamodb.Table("counters", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
});

const role = new aws.iam.Role("role", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    ],
  }),
});

const count = new aws.lambda.Function("count", {
  runtime: aws.lambda.Runtime.NodeJS22dX,
  handler: "index.handler",
  role: role.arn,
  code: new pulumi.asset.AssetArchive({
    "index.js": new pulumi.asset.StringAsset(
      "exports.handler = async () => ({ statusCode: 200, body: '1' });",
    ),
  }),
});

const failed = new aws.sqs.Queue("failed");
const jobs = new aws.sqs.Queue("jobs", {
  redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: 5 }),
});
new aws.lambda.EventSourceMapping("counting", {
  eventSourceArn: jobs.arn,
  functionName: count.arn,
});

const api = new aws.apigatewayv2.Api("api", { protocolType: "HTTP" });
const integration = new aws.apigatewayv2.Integration("integration", {
  apiId: api.id,
  integrationType: "AWS_PROXY",
  integrationUri: count.arn,
});
for (const [name, routeKey] of Object.entries({
  add: "POST /counters",
  get: "GET /counters/{id}",
}))
  new aws.apigatewayv2.Route(name, {
    apiId: api.id,
    routeKey,
    target: pulumi.interpolate`integrations/${integration.id}`,
  });

export const url = api.apiEndpoint;
export const region = aws.getRegionOutput().id;
export const tableName = counters.name;
