import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LambdaFunction } from "outage-drill/write-buffer";

export interface ApiArgs {
  name: string;
  /** Answers POST and GET of /orders. */
  fn: LambdaFunction;
  /** The emulated AWS that serves the API; undefined for AWS itself. */
  endpoint: string | undefined;
}

const STAGE = "v1";

/** @returns the address of the API's stage, without a trailing slash. */
export function createApi(
  name: string,
  { name: apiName, fn, endpoint }: ApiArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const api = new aws.apigateway.RestApi(
    name,
    { name: apiName, endpointConfiguration: { types: "REGIONAL" } },
    opts,
  );
  const resource = new aws.apigateway.Resource(
    `${name}-orders`,
    { restApi: api.id, parentId: api.rootResourceId, pathPart: "orders" },
    opts,
  );
  const permission = new aws.lambda.Permission(
    `${name}-permission`,
    {
      action: "lambda:InvokeFunction",
      function: fn.functionName,
      principal: "apigateway.amazonaws.com",
      // arn:PARTITION:lambda:REGION:ACCOUNT:… tells where the API is as well.
      sourceArn: pulumi.all([fn.functionArn, api.id]).apply(([arn, id]) => {
        const [, partition = "", , region = "", account = ""] = arn.split(":");
        return `arn:${partition}:execute-api:${region}:${account}:${id}/${STAGE}/*/orders`;
      }),
    },
    opts,
  );
  const integrations = ["POST", "GET"].map((httpMethod) => {
    const method = new aws.apigateway.Method(
      `${name}-${httpMethod.toLowerCase()}`,
      { restApi: api.id, resourceId: resource.id, httpMethod, authorization: "NONE" },
      opts,
    );
    return new aws.apigateway.Integration(
      `${name}-${httpMethod.toLowerCase()}`,
      {
        restApi: api.id,
        resourceId: resource.id,
        httpMethod: method.httpMethod,
        type: "AWS_PROXY",
        // Lambda's API takes POST alone, whatever the method of the route.
        integrationHttpMethod: "POST",
        uri: fn.invokeArn,
      },
      { ...opts, dependsOn: [permission] },
    );
  });
  const deployment = new aws.apigateway.Deployment(
    name,
    {
      restApi: api.id,
      // A deployment is a snapshot, so a new one is made when a route changes.
      triggers: {
        routes: pulumi.jsonStringify([fn.invokeArn, ...integrations.map(({ id }) => id)]),
      },
    },
    { ...opts, dependsOn: integrations },
  );
  const stage = new aws.apigateway.Stage(
    name,
    { restApi: api.id, deployment: deployment.id, stageName: STAGE },
    opts,
  );
  return endpoint === undefined
    ? stage.invokeUrl
    : pulumi.interpolate`${endpoint}/_aws/execute-api/${stage.restApi}/${stage.stageName}`;
}
