import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Remote components that the in-process engine creates, in the way that its configuration names. */

interface Route {
  readonly path: string;
  readonly [input: string]: unknown;
}

/** As the SDK of `@pulumi/aws-apigateway` declares it. */
class RestAPI extends pulumi.ComponentResource {
  declare readonly url: pulumi.Output<string>;
  declare readonly api: pulumi.Output<aws.apigateway.RestApi>;
  declare readonly stage: pulumi.Output<aws.apigateway.Stage>;
  declare readonly deployment: pulumi.Output<aws.apigateway.Deployment>;

  constructor(name: string, args: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) {
    const outputs = { api: undefined, deployment: undefined, stage: undefined, url: undefined };
    super("aws-apigateway:index:RestAPI", name, { ...args, ...outputs }, opts, true);
  }
}

const config = new pulumi.Config();
const provider = new aws.Provider("aws", {
  region: "us-east-1",
  accessKey: "test",
  secretKey: "test",
});

const role = new aws.iam.Role(
  "role",
  {
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
  },
  { provider },
);
const code = `export const handler = async ({ httpMethod, path, pathParameters, body, isBase64Encoded }) => ({
  statusCode: 200,
  body: JSON.stringify({ httpMethod, path, pathParameters, body, isBase64Encoded }),
});`;
const handler = new aws.lambda.Function(
  "handler",
  {
    runtime: "nodejs24.x",
    handler: "index.handler",
    role: role.arn,
    code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) }),
  },
  { provider },
);

const routes: Record<string, Route[]> = {
  served: [
    { path: "/orders", method: "POST", eventHandler: handler },
    { path: "files/{proxy+}", method: "ANY", eventHandler: pulumi.secret(handler.arn) },
    { path: "/named", method: "get", eventHandler: handler.name },
  ],
  refused: [
    { path: "/", localPath: "www", contentType: "text/html" },
    { path: "/a", method: "GET", eventHandler: handler, authorizers: [{ parameterName: "auth" }] },
    { path: "/b", method: "GET", eventHandler: 7 },
    { path: "/c", target: { type: "http_proxy", uri: "https://example.com" } },
  ],
};

const settings =
  config.require("case") === "served" ? { stageName: "v1" } : { requestValidator: "ALL" };
export const component = new RestAPI(
  "api",
  { routes: routes[config.require("case")], ...settings },
  { provider },
);
export const url = component.url;
export const apiName = component.api.apply(({ name }) => name);
export const stageName = component.stage.apply((stage) => stage.stageName);
export const after = new aws.sqs.Queue("after", {}, { provider, dependsOn: component }).url;
