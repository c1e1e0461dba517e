import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const isAtomic = new pulumi.Config().requireBoolean("atomic");

const counters = new aws.dynamodb.Table("counters", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
});

const role = new aws.iam.Role("count-role", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicy("count-policy", {
  role,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        Resource: counters.arn,
      },
    ],
  },
});

const count = new aws.lambda.Function("count", {
  role: role.arn,
  runtime: aws.lambda.Runtime.NodeJS22dX,
  handler: isAtomic ? "atomic.handler" : "read-add-put.handler",
  code: new pulumi.asset.FileArchive("./lambda"),
  timeout: 20,
  environment: { variables: { TABLE: counters.name } },
});

const api = new aws.apigatewayv2.Api("api", { protocolType: "HTTP", target: count.arn });
new aws.lambda.Permission("api-may-count", {
  action: "lambda:InvokeFunction",
  function: count.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});

export const url = api.apiEndpoint;
