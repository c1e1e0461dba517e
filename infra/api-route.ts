import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LambdaFunction } from "outage-drill/write-buffer";
import { siblingArn } from "./sibling-arn.ts";

export interface ApiRouteArgs {
  restApi: aws.apigateway.RestApi;
  resource: aws.apigateway.Resource;
  pathPart: string;
  stageName: string;
  httpMethod: "GET" | "POST";
  lambda: LambdaFunction;
}

export interface ApiRoute {
  integration: aws.apigateway.Integration;
  /** Changes when the route does. */
  identity: pulumi.Output<string[]>;
}

/** One method of a path that a function answers, and the permission to invoke it for this alone. */
export function createRoute(
  name: string,
  { restApi, resource, pathPart, stageName, httpMethod, lambda }: ApiRouteArgs,
  opts: pulumi.CustomResourceOptions,
): ApiRoute {
  const method = new aws.apigateway.Method(
    `${name}-method`,
    { restApi: restApi.id, resourceId: resource.id, httpMethod, authorization: "NONE" },
    opts,
  );
  const permission = new aws.lambda.Permission(
    `${name}-permission`,
    {
      action: "lambda:InvokeFunction",
      function: lambda.functionName,
      principal: "apigateway.amazonaws.com",
      sourceArn: siblingArn(
        lambda.functionArn,
        "execute-api",
        pulumi.interpolate`${restApi.id}/${stageName}/${httpMethod}/${pathPart}`,
      ),
    },
    opts,
  );
  const integration = new aws.apigateway.Integration(
    `${name}-integration`,
    {
      restApi: restApi.id,
      resourceId: resource.id,
      httpMethod: method.httpMethod,
      type: "AWS_PROXY",
      // Lambda's API takes POST alone, whatever the method of the route.
      integrationHttpMethod: "POST",
      uri: lambda.invokeArn,
    },
    { ...opts, dependsOn: [permission] },
  );
  return {
    integration,
    identity: pulumi.all([method.id, integration.id, lambda.invokeArn]),
  };
}
