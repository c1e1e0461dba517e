import type { OperationMembers, ServiceMembers } from "../member-table.ts";

const page: OperationMembers = { honours: "ApiId MaxResults NextToken" };

const apiSettings = `RouteSelectionExpression Name Description Version DisableExecuteApiEndpoint IpAddressType Target RouteKey
  CorsConfiguration(AllowCredentials AllowHeaders AllowMethods AllowOrigins ExposeHeaders MaxAge)`;

/** What API keys and request validation have, of WebSocket APIs, and roles to call a target with. */
const refusedApiSettings = `ApiKeySelectionExpression=$request.header.x-api-key CredentialsArn
  DisableSchemaValidation=false`;

const integration = `ApiId IntegrationType ConnectionType Description IntegrationMethod IntegrationUri
  PayloadFormatVersion TimeoutInMillis`;
const refusedIntegration = `ConnectionId ContentHandlingStrategy CredentialsArn IntegrationSubtype
  PassthroughBehavior=WHEN_NO_MATCH RequestParameters RequestTemplates ResponseParameters
  TemplateSelectionExpression TlsConfig`;

const route = "ApiId RouteKey AuthorizationType OperationName Target";
const refusedRoute = `ApiKeyRequired=false AuthorizationScopes AuthorizerId ModelSelectionExpression
  RequestModels RequestParameters RouteResponseSelectionExpression`;

const stage = `ApiId StageName AccessLogSettings(DestinationArn Format) AutoDeploy DeploymentId
  DefaultRouteSettings(ThrottlingBurstLimit ThrottlingRateLimit) Description
  RouteSettings{}(ThrottlingBurstLimit ThrottlingRateLimit) StageVariables`;
/** Logs and traces of WebSocket APIs; figures of each route. */
const refusedRouteSettings = "DataTraceEnabled=false DetailedMetricsEnabled=false LoggingLevel=OFF";
const refusedStage = `ClientCertificateId DefaultRouteSettings(${refusedRouteSettings})
  RouteSettings{}(${refusedRouteSettings})`;

/** Source: API Gateway API, version 2. */
export const apigatewayv2Members: ServiceMembers = {
  CreateApi: {
    honours: `ProtocolType Tags ${apiSettings}`,
    refuses: refusedApiSettings,
  },
  GetApis: { honours: "MaxResults NextToken" },
  GetApi: { honours: "ApiId" },
  UpdateApi: {
    honours: `ApiId ${apiSettings}`,
    refuses: refusedApiSettings,
  },
  DeleteApi: { honours: "ApiId" },
  DeleteCorsConfiguration: { honours: "ApiId" },
  CreateIntegration: { honours: integration, refuses: refusedIntegration },
  GetIntegrations: page,
  GetIntegration: { honours: "ApiId IntegrationId" },
  UpdateIntegration: { honours: `${integration} IntegrationId`, refuses: refusedIntegration },
  DeleteIntegration: { honours: "ApiId IntegrationId" },
  CreateRoute: { honours: route, refuses: refusedRoute },
  GetRoutes: page,
  GetRoute: { honours: "ApiId RouteId" },
  UpdateRoute: { honours: `${route} RouteId`, refuses: refusedRoute },
  DeleteRoute: { honours: "ApiId RouteId" },
  CreateStage: { honours: `${stage} Tags`, refuses: refusedStage },
  GetStages: page,
  GetStage: { honours: "ApiId StageName" },
  UpdateStage: { honours: stage, refuses: refusedStage },
  DeleteStage: { honours: "ApiId StageName" },
  DeleteAccessLogSettings: { honours: "ApiId StageName" },
  CreateDeployment: { honours: "ApiId Description StageName" },
  GetDeployments: page,
  GetDeployment: { honours: "ApiId DeploymentId" },
  UpdateDeployment: { honours: "ApiId DeploymentId Description" },
  DeleteDeployment: { honours: "ApiId DeploymentId" },
  TagResource: { honours: "ResourceArn Tags" },
  UntagResource: { honours: "ResourceArn TagKeys" },
  GetTags: { honours: "ResourceArn" },
};
