import type { ApiGatewayV2Client, RouteSettings } from "@aws-sdk/client-apigatewayv2";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { corsSettings, toCors } from "./cors.ts";
import { resourceType, type CreateContext, type ResourceType } from "./resource-type.ts";
import { tagMap } from "./schemas.ts";

/** Loaded only for stacks that have HTTP APIs. */
const sdk = () => import("@aws-sdk/client-apigatewayv2");

async function clientOf({ provider, region }: CreateContext): Promise<ApiGatewayV2Client> {
  const { ApiGatewayV2Client } = await sdk();
  return provider.client(ApiGatewayV2Client, region);
}

async function executionArn({ provider, region }: CreateContext, path: string): Promise<string> {
  return `arn:aws:execute-api:${region}:${await provider.accountId()}:${path}`;
}

const api = resourceType(
  z.strictObject({
    name: z.string().optional(),
    protocolType: z.enum(["HTTP", "WEBSOCKET"]),
    apiKeySelectionExpression: z.string().optional(),
    corsConfiguration: corsSettings.optional(),
    credentialsArn: z.string().optional(),
    description: z.string().optional(),
    disableExecuteApiEndpoint: z.boolean().optional(),
    ipAddressType: z.enum(["ipv4", "dualstack"]).optional(),
    routeKey: z.string().optional(),
    routeSelectionExpression: z.string().optional(),
    tags: tagMap.optional(),
    /** ARN of a function, for an API of one route. */
    target: z.string().optional(),
    version: z.string().optional(),
  }),
  async (inputs, context) => {
    const { CreateApiCommand } = await sdk();
    const client = await clientOf(context);
    const tagsAll = context.provider.tagsAll(inputs.tags);
    const name = physicalName(context.name, inputs);
    const created = await client.send(
      new CreateApiCommand({
        Name: name,
        ProtocolType: inputs.protocolType,
        ApiKeySelectionExpression: inputs.apiKeySelectionExpression,
        CorsConfiguration: toCors(inputs.corsConfiguration),
        CredentialsArn: inputs.credentialsArn,
        Description: inputs.description,
        DisableExecuteApiEndpoint: inputs.disableExecuteApiEndpoint,
        IpAddressType: inputs.ipAddressType,
        RouteKey: inputs.routeKey,
        RouteSelectionExpression: inputs.routeSelectionExpression,
        Tags: tagsAll,
        Target: inputs.target,
        Version: inputs.version,
      }),
    );
    const id = created.ApiId ?? "";
    return {
      id,
      state: {
        name,
        apiEndpoint: created.ApiEndpoint,
        apiKeySelectionExpression: created.ApiKeySelectionExpression,
        arn: `arn:aws:apigateway:${context.region}::/apis/${id}`,
        executionArn: await executionArn(context, id),
        ipAddressType: created.IpAddressType,
        routeSelectionExpression: created.RouteSelectionExpression,
        tagsAll,
      },
    };
  },
);

const integration = resourceType(
  z.strictObject({
    apiId: z.string(),
    connectionId: z.string().optional(),
    connectionType: z.enum(["INTERNET", "VPC_LINK"]).optional(),
    contentHandlingStrategy: z.enum(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]).optional(),
    credentialsArn: z.string().optional(),
    description: z.string().optional(),
    integrationMethod: z.string().optional(),
    integrationSubtype: z.string().optional(),
    integrationType: z.enum(["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"]),
    integrationUri: z.string().optional(),
    passthroughBehavior: z.enum(["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]).optional(),
    payloadFormatVersion: z.string().optional(),
    requestParameters: z.record(z.string(), z.string()).optional(),
    requestTemplates: z.record(z.string(), z.string()).optional(),
    templateSelectionExpression: z.string().optional(),
    timeoutMilliseconds: z.number().optional(),
    tlsConfig: z.strictObject({ serverNameToVerify: z.string().optional() }).optional(),
  }),
  async (inputs, context) => {
    const { CreateIntegrationCommand } = await sdk();
    const client = await clientOf(context);
    const created = await client.send(
      new CreateIntegrationCommand({
        ApiId: inputs.apiId,
        ConnectionId: inputs.connectionId,
        ConnectionType: inputs.connectionType,
        ContentHandlingStrategy: inputs.contentHandlingStrategy,
        CredentialsArn: inputs.credentialsArn,
        Description: inputs.description,
        IntegrationMethod: inputs.integrationMethod,
        IntegrationSubtype: inputs.integrationSubtype,
        IntegrationType: inputs.integrationType,
        IntegrationUri: inputs.integrationUri,
        PassthroughBehavior: inputs.passthroughBehavior,
        PayloadFormatVersion: inputs.payloadFormatVersion,
        RequestParameters: inputs.requestParameters,
        RequestTemplates: inputs.requestTemplates,
        TemplateSelectionExpression: inputs.templateSelectionExpression,
        TimeoutInMillis: inputs.timeoutMilliseconds,
        TlsConfig: inputs.tlsConfig && { ServerNameToVerify: inputs.tlsConfig.serverNameToVerify },
      }),
    );
    return {
      id: created.IntegrationId ?? "",
      state: {
        connectionType: created.ConnectionType,
        integrationMethod: created.IntegrationMethod,
        payloadFormatVersion: created.PayloadFormatVersion,
        timeoutMilliseconds: created.TimeoutInMillis,
      },
    };
  },
);

const route = resourceType(
  z.strictObject({
    apiId: z.string(),
    apiKeyRequired: z.boolean().optional(),
    authorizationScopes: z.array(z.string()).optional(),
    authorizationType: z.enum(["NONE", "AWS_IAM", "CUSTOM", "JWT"]).optional(),
    authorizerId: z.string().optional(),
    modelSelectionExpression: z.string().optional(),
    operationName: z.string().optional(),
    requestModels: z.record(z.string(), z.string()).optional(),
    routeKey: z.string(),
    routeResponseSelectionExpression: z.string().optional(),
    target: z.string().optional(),
  }),
  async (inputs, context) => {
    const { CreateRouteCommand } = await sdk();
    const client = await clientOf(context);
    const { RouteId } = await client.send(
      new CreateRouteCommand({
        ApiId: inputs.apiId,
        ApiKeyRequired: inputs.apiKeyRequired,
        AuthorizationScopes: inputs.authorizationScopes,
        AuthorizationType: inputs.authorizationType,
        AuthorizerId: inputs.authorizerId,
        ModelSelectionExpression: inputs.modelSelectionExpression,
        OperationName: inputs.operationName,
        RequestModels: inputs.requestModels,
        RouteKey: inputs.routeKey,
        RouteResponseSelectionExpression: inputs.routeResponseSelectionExpression,
        Target: inputs.target,
      }),
    );
    return { id: RouteId ?? "", state: {} };
  },
);

const routeSettings = {
  dataTraceEnabled: z.boolean().optional(),
  detailedMetricsEnabled: z.boolean().optional(),
  loggingLevel: z.enum(["ERROR", "INFO", "OFF"]).optional(),
  throttlingBurstLimit: z.number().optional(),
  throttlingRateLimit: z.number().optional(),
};
const defaultRouteSettings = z.strictObject(routeSettings);

function settingsOf(given: z.infer<typeof defaultRouteSettings>): RouteSettings {
  return {
    DataTraceEnabled: given.dataTraceEnabled,
    DetailedMetricsEnabled: given.detailedMetricsEnabled,
    LoggingLevel: given.loggingLevel,
    ThrottlingBurstLimit: given.throttlingBurstLimit,
    ThrottlingRateLimit: given.throttlingRateLimit,
  };
}

const stage = resourceType(
  z.strictObject({
    apiId: z.string(),
    name: z.string().optional(),
    accessLogSettings: z
      .strictObject({ destinationArn: z.string(), format: z.string() })
      .optional(),
    autoDeploy: z.boolean().optional(),
    clientCertificateId: z.string().optional(),
    defaultRouteSettings: defaultRouteSettings.optional(),
    deploymentId: z.string().optional(),
    description: z.string().optional(),
    routeSettings: z.array(z.strictObject({ routeKey: z.string(), ...routeSettings })).optional(),
    stageVariables: z.record(z.string(), z.string()).optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, context) => {
    const { CreateStageCommand } = await sdk();
    const client = await clientOf(context);
    const { apiId } = inputs;
    const logs = inputs.accessLogSettings;
    const name = physicalName(context.name, inputs);
    const tagsAll = context.provider.tagsAll(inputs.tags);
    const created = await client.send(
      new CreateStageCommand({
        ApiId: apiId,
        StageName: name,
        AccessLogSettings: logs && { DestinationArn: logs.destinationArn, Format: logs.format },
        AutoDeploy: inputs.autoDeploy,
        ClientCertificateId: inputs.clientCertificateId,
        DefaultRouteSettings:
          inputs.defaultRouteSettings && settingsOf(inputs.defaultRouteSettings),
        DeploymentId: inputs.deploymentId,
        Description: inputs.description,
        RouteSettings:
          inputs.routeSettings &&
          Object.fromEntries(
            inputs.routeSettings.map(({ routeKey, ...each }) => [routeKey, settingsOf(each)]),
          ),
        StageVariables: inputs.stageVariables,
        Tags: tagsAll,
      }),
    );
    const host = `${apiId}.execute-api.${context.region}.amazonaws.com`;
    return {
      id: name,
      state: {
        name,
        arn: `arn:aws:apigateway:${context.region}::/apis/${apiId}/stages/${name}`,
        deploymentId: created.DeploymentId,
        executionArn: await executionArn(context, `${apiId}/${name}`),
        invokeUrl: `https://${host}/${name === "$default" ? "" : name}`,
        tagsAll,
      },
    };
  },
);

const deployment = resourceType(
  z.strictObject({
    apiId: z.string(),
    description: z.string().optional(),
    /** Tell the real provider when to deploy again; a new deployment is always made. */
    triggers: z.record(z.string(), z.string()).optional(),
  }),
  async ({ apiId, description }, context) => {
    const { CreateDeploymentCommand } = await sdk();
    const client = await clientOf(context);
    const created = await client.send(
      new CreateDeploymentCommand({ ApiId: apiId, Description: description }),
    );
    return { id: created.DeploymentId ?? "", state: { autoDeployed: created.AutoDeployed } };
  },
);

export const apigatewayv2: Readonly<Record<string, ResourceType>> = {
  "aws:apigatewayv2/api:Api": api,
  "aws:apigatewayv2/integration:Integration": integration,
  "aws:apigatewayv2/route:Route": route,
  "aws:apigatewayv2/stage:Stage": stage,
  "aws:apigatewayv2/deployment:Deployment": deployment,
};
