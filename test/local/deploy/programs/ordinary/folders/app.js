const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const statement = (Action, Resource) => ({ Effect: "Allow", Action, Resource });
const policy = (...Statement) => ({ Version: "2012-10-17", Statement });
const trust = {
  ...policy(),
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: aws.iam.Principals.LambdaPrincipal,
    },
  ],
};

const role = new aws.iam.Role("worker", {
  assumeRolePolicy: trust,
  managedPolicyArns: [aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole],
  inlinePolicies: [
    { name: "send", policy: JSON.stringify(policy(statement("sqs:SendMessage", "*"))) },
  ],
});
const reading = new aws.iam.Policy("reading", {
  policy: policy(statement(["dynamodb:GetItem"], "*")),
});
new aws.iam.RolePolicyAttachment("reads", { role, policyArn: reading.arn });
new aws.iam.PolicyAttachment("listens", {
  roles: [role],
  policyArn: aws.iam.ManagedPolicy.AmazonSQSReadOnlyAccess,
});
const document = aws.iam.getPolicyDocumentOutput({
  statements: [
    {
      sid: "Puts",
      actions: ["dynamodb:PutItem"],
      resources: ["*"],
      conditions: [
        { test: "StringEquals", variable: "aws:RequestedRegion", values: ["us-east-1"] },
      ],
    },
  ],
});
new aws.iam.RolePolicy("puts", { role, policy: document.json });

const runtime = "nodejs22.x";
const ofFolder = new aws.lambda.Function("of-folder", {
  role: role.arn,
  runtime,
  handler: "index.handler",
  code: new pulumi.asset.FileArchive("./lambda"),
  // As text where a number is wanted.
  timeout: "7",
  environment: { variables: { COUNT: 3 } },
});
const ofAssets = new aws.lambda.Function("of-assets", {
  role: role.arn,
  runtime,
  handler: "main.handler",
  code: new pulumi.asset.AssetArchive({
    "main.mjs": new pulumi.asset.StringAsset(
      `import { word } from "./shared/word.mjs";
       import { readFileSync } from "node:fs";
       import { lib } from "./lambda/lib/index.js";
       export const handler = () => ({
         word, lib,          text: readFileSync(new URL("note.txt", import.meta.url), "utf8"),
       });`,
    ),
    shared: new pulumi.asset.FileArchive("shared"),
    lambda: new pulumi.asset.AssetArchive({ lib: new pulumi.asset.FileArchive("./lambda/lib") }),
    "note.txt": new pulumi.asset.FileAsset("note.txt"),
  }),
});

const api = new aws.apigateway.RestApi("api");
const resource = new aws.apigateway.Resource("path", {
  restApi: api,
  parentId: api.rootResourceId,
  pathPart: "word",
});
const method = new aws.apigateway.Method("get", {
  restApi: api,
  resourceId: resource,
  httpMethod: "GET",
  authorization: "NONE",
});

module.exports = {
  functions: [ofFolder.name, ofAssets.name],
  roleName: role.name,
  policyArn: reading.arn,
  trust: role.assumeRolePolicy,
  methodId: method.id,
};
