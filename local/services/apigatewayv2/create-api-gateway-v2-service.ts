import type { AwsService } from "../aws-service.ts";
import { restJsonService } from "../rest-json-service.ts";
import { apiOperations } from "./api-operations.ts";
import { deploymentOperations } from "./deployment-operations.ts";
import { HttpApiStore, type HttpApiStoreOptions } from "./http-api-store.ts";
import { integrationOperations } from "./integration-operations.ts";
import { routeOperations } from "./route-operations.ts";
import { stageOperations } from "./stage-operations.ts";
import { tagOperations } from "./tag-operations.ts";

export interface ApiGatewayV2Service extends AwsService {
  /** What `createExecuteHttpApi` serves. */
  readonly apis: HttpApiStore;
}

/** API Gateway's control plane for HTTP APIs. Source: API Gateway API, version 2. */
export function createApiGatewayV2Service(options: HttpApiStoreOptions): ApiGatewayV2Service {
  const apis = new HttpApiStore(options);
  const service = restJsonService("apigatewayv2", [
    ...apiOperations(apis),
    ...integrationOperations(apis),
    ...routeOperations(apis),
    ...stageOperations(apis),
    ...deploymentOperations(apis),
    ...tagOperations(apis),
  ]);
  return { ...service, signingName: "apigateway", apis };
}
