import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { putRestApiBody } from "./put-rest-api-body.ts";
import { resourceType, type CreateContext, type ResourceType } from "./resource-type.ts";
import { jsonText, tagMap } from "./schemas.ts";

const restApi = resourceType(
  z.strictObject({
    name: z.string().optional(),
    description: z.string().optional(),
    apiKeySource: z.enum(["HEADER", "AUTHORIZER"]).optional(),
    binaryMediaTypes: z.array(z.string()).optional(),
    /** An OpenAPI document, JSON or YAML. */
    body: z.string().optional(),
    disableExecuteApiEndpoint: z.boolean().optional(),
    endpointConfiguration: z
      .strictObject({
        types: z.enum(["EDGE", "REGIONAL", "PRIVATE"]),
        ipAddressType: z.enum(["ipv4", "dualstack"]).optional(),
        vpcEndpointIds: z.array(z.string()).optional(),
      })
      .optional(),
    failOnWarnings: z.boolean().optional(),
    parameters: z.record(z.string(), z.string()).optional(),
    putRestApiMode: z.enum(["merge", "overwrite"]).optional(),
    /** Bytes, in a string. */
    minimumCompressionSize: z.coerce.number().optional(),
    policy: jsonText.optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, context) => {
    const { provider, region } = context;
    const client = provider.client(APIGatewayClient, region);
    const tagsAll = provider.tagsAll(inputs.tags);
    const name = physicalName(context.name, inputs);
    const { body, failOnWarnings, parameters, putRestApiMode: mode, ...settings } = inputs;
    const created = await client.send(
      new CreateRestApiCommand({
        ...settings,
        name,
        endpointConfiguration: inputs.endpointConfiguration && {
          ...inputs.endpointConfiguration,
          types: [inputs.endpointConfiguration.types],
        },
        tags: tagsAll,
      }),
    );
    const id = created.id ?? "";
    if (body !== undefined)
      await putRestApiBody(client, {
        ...{ restApiId: id, body, mode, failOnWarnings, parameters },
        settings: { ...settings, name },
      });
    return {
      id,
      state: {
        name,
        arn: `arn:aws:apigateway:${region}::/restapis/${id}`,
        executionArn: await executionArn(context, id),
        rootResourceId: created.rootResourceId ?? (await askRootResourceId(client, id)),
        createdDate: created.createdDate?.toISOString(),
        tagsAll,
      },
    };
  },
);

async function executionArn({ provider, region }: CreateContext, path: string): Promise<string> {
  return `arn:aws:execute-api:${region}:${await provider.accountId()}:${path}`;
}

async function askRootResourceId(
  client: APIGatewayClient,
  restApiId: string,
): Promise<string | undefined> {
  const { items } = await client.send(new GetResourcesCommand({ restApiId }));
  return items?.find(({ path }) => path === "/")?.id;
}

const resource = resourceType(
  z.strictObject({ restApi: z.string(), parentId: z.string(), pathPart: z.string() }),
  async ({ restApi: restApiId, parentId, pathPart }, { provider, region }) => {
    const created = await provider
      .client(APIGatewayClient, region)
      .send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
    return { id: created.id ?? "", state: { path: created.path } };
  },
);

const method = resourceType(
  z.strictObject({
    restApi: z.string(),
    resourceId: z.string(),
    httpMethod: z.string(),
    authorization: z.enum(["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]),
    apiKeyRequired: z.boolean().optional(),
    authorizationScopes: z.array(z.string()).optional(),
    authorizerId: z.string().optional(),
    operationName: z.string().optional(),
    requestModels: z.record(z.string(), z.string()).optional(),
    requestParameters: z.record(z.string(), z.boolean()).optional(),
    requestValidatorId: z.string().optional(),
  }),
  async ({ restApi: restApiId, authorization, ...inputs }, { provider, region }) => {
    await provider
      .client(APIGatewayClient, region)
      .send(new PutMethodCommand({ ...inputs, restApiId, authorizationType: authorization }));
    return { id: `agm-${restApiId}-${inputs.resourceId}-${inputs.httpMethod}`, state: {} };
  },
);

const integration = resourceType(
  z.strictObject({
    restApi: z.string(),
    resourceId: z.string(),
    httpMethod: z.string(),
    type: z.enum(["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"]),
    cacheKeyParameters: z.array(z.string()).optional(),
    cacheNamespace: z.string().optional(),
    connectionId: z.string().optional(),
    connectionType: z.enum(["INTERNET", "VPC_LINK"]).optional(),
    contentHandling: z.enum(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]).optional(),
    credentials: z.string().optional(),
    integrationHttpMethod: z.string().optional(),
    passthroughBehavior: z.string().optional(),
    requestParameters: z.record(z.string(), z.string()).optional(),
    requestTemplates: z.record(z.string(), z.string()).optional(),
    timeoutMilliseconds: z.number().optional(),
    uri: z.string().optional(),
  }),
  async ({ restApi: restApiId, timeoutMilliseconds, ...inputs }, { provider, region }) => {
    const { passthroughBehavior, timeoutInMillis } = await provider
      .client(APIGatewayClient, region)
      .send(
        new PutIntegrationCommand({ ...inputs, restApiId, timeoutInMillis: timeoutMilliseconds }),
      );
    return {
      id: `agi-${restApiId}-${inputs.resourceId}-${inputs.httpMethod}`,
      state: {
        passthroughBehavior,
        timeoutMilliseconds: timeoutInMillis,
        cacheNamespace: inputs.cacheNamespace ?? inputs.resourceId,
      },
    };
  },
);

const deployment = resourceType(
  z.strictObject({
    restApi: z.string(),
    description: z.string().optional(),
    /** Of version 6 of the provider: also makes the stage. */
    stageDescription: z.string().optional(),
    stageName: z.string().optional(),
    /** Tell the real provider when to deploy anew; a new deployment is always made. */
    triggers: z.record(z.string(), z.string()).optional(),
    variables: z.record(z.string(), z.string()).optional(),
  }),
  async ({ restApi: restApiId, ...rest }, context) => {
    const { description, variables, stageName, stageDescription } = rest;
    const { provider, region } = context;
    const created = await provider.client(APIGatewayClient, region).send(
      new CreateDeploymentCommand({
        restApiId,
        description,
        variables,
        stageName,
        stageDescription,
      }),
    );
    return {
      id: created.id ?? "",
      state: {
        createdDate: created.createdDate?.toISOString(),
        executionArn: await executionArn(context, `${restApiId}/${stageName ?? ""}`),
        invokeUrl: `https://${restApiId}.execute-api.${region}.amazonaws.com/${stageName ?? ""}`,
      },
    };
  },
);

const stage = resourceType(
  z.strictObject({
    restApi: z.string(),
    deployment: z.string(),
    stageName: z.string(),
    cacheClusterEnabled: z.boolean().optional(),
    cacheClusterSize: z
      .enum(["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"])
      .optional(),
    description: z.string().optional(),
    documentationVersion: z.string().optional(),
    tags: tagMap.optional(),
    variables: z.record(z.string(), z.string()).optional(),
    xrayTracingEnabled: z.boolean().optional(),
  }),
  async (inputs, context) => {
    const { provider, region } = context;
    const { restApi: restApiId, deployment: deploymentId, xrayTracingEnabled, ...rest } = inputs;
    const tagsAll = provider.tagsAll(inputs.tags);
    await provider.client(APIGatewayClient, region).send(
      new CreateStageCommand({
        ...rest,
        restApiId,
        deploymentId,
        tracingEnabled: xrayTracingEnabled,
        tags: tagsAll,
      }),
    );
    const { stageName } = inputs;
    return {
      id: `ags-${restApiId}-${stageName}`,
      state: {
        arn: `arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/${stageName}`,
        executionArn: await executionArn(context, `${restApiId}/${stageName}`),
        invokeUrl: `https://${restApiId}.execute-api.${region}.amazonaws.com/${stageName}`,
        tagsAll,
      },
    };
  },
);

export const apigateway: Readonly<Record<string, ResourceType>> = {
  "aws:apigateway/restApi:RestApi": restApi,
  "aws:apigateway/resource:Resource": resource,
  "aws:apigateway/method:Method": method,
  "aws:apigateway/integration:Integration": integration,
  "aws:apigateway/deployment:Deployment": deployment,
  "aws:apigateway/stage:Stage": stage,
};
