import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The ways in which a function answers HTTP, but a REST API of resources. */
export function declareHttpApi(
  worker: aws.lambda.Function,
  child: pulumi.CustomResourceOptions,
): Record<string, pulumi.CustomResource> {
  const body = pulumi.jsonStringify({
    openapi: "3.0.1",
    info: { title: "another name", version: "1" },
    paths: {
      "/jobs": {
        get: {
          "x-amazon-apigateway-integration": {
            type: "aws_proxy",
            httpMethod: "POST",
            uri: worker.invokeArn,
          },
        },
      },
    },
    "x-amazon-apigateway-binary-media-types": ["image/gif"],
  });
  const documented = new aws.apigateway.RestApi(
    "documented",
    {
      ...{ name: "documented", body, description: "from a document" },
      binaryMediaTypes: ["image/png"],
    },
    child,
  );
  const documentedDeployment = new aws.apigateway.Deployment(
    "documented",
    { restApi: documented.id },
    child,
  );
  const mayCall = new aws.lambda.Permission(
    "may-call",
    {
      action: "lambda:InvokeFunction",
      function: worker.name,
      principal: "apigateway.amazonaws.com",
    },
    child,
  );
  const documentedStage = new aws.apigateway.Stage(
    "documented",
    { restApi: documented.id, deployment: documentedDeployment.id, stageName: "live" },
    { ...child, dependsOn: mayCall },
  );
  const httpApi = new aws.apigatewayv2.Api(
    "http",
    {
      ...{ protocolType: "HTTP", tags: { kind: "api" } },
      corsConfiguration: { allowOrigins: ["http://localhost:3000"], allowMethods: ["GET"] },
    },
    child,
  );
  const httpIntegration = new aws.apigatewayv2.Integration(
    "http",
    {
      ...{ apiId: httpApi.id, integrationType: "AWS_PROXY", integrationUri: worker.arn },
      ...{ payloadFormatVersion: "2.0", timeoutMilliseconds: 5000 },
    },
    child,
  );
  const httpRoute = new aws.apigatewayv2.Route(
    "http",
    {
      ...{ apiId: httpApi.id, routeKey: "GET /jobs" },
      target: pulumi.interpolate`integrations/${httpIntegration.id}`,
    },
    child,
  );
  const httpStage = new aws.apigatewayv2.Stage(
    "http",
    { apiId: httpApi.id, name: "$default", autoDeploy: true, stageVariables: { color: "blue" } },
    child,
  );
  const httpDeployment = new aws.apigatewayv2.Deployment(
    "http",
    { apiId: httpApi.id },
    { ...child, dependsOn: httpRoute },
  );
  const deployedStage = new aws.apigatewayv2.Stage(
    "deployed",
    { apiId: httpApi.id, name: "live", deploymentId: httpDeployment.id },
    child,
  );
  const functionUrl = new aws.lambda.FunctionUrl(
    "url",
    {
      ...{ functionName: worker.name, authorizationType: "NONE" },
      cors: { allowOrigins: ["*"], maxAge: 60 },
    },
    child,
  );
  return {
    ...{ documented, documentedDeployment, documentedStage, mayCall, httpApi, httpIntegration },
    ...{ httpRoute, httpStage, httpDeployment, deployedStage, functionUrl },
  };
}
