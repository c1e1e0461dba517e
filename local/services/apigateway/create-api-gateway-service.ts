import type { AwsService } from "../aws-service.ts";
import { restJsonService } from "../rest-json-service.ts";
import type { AccessLogSink } from "./access-log.ts";
import { accountOperations } from "./account-operations.ts";
import { ApiStore } from "./api-store.ts";
import { deploymentOperations } from "./deployment-operations.ts";
import { integrationOperations } from "./integration-operations.ts";
import { methodOperations } from "./method-operations.ts";
import { methodResponseOperations } from "./method-response-operations.ts";
import { importOperations } from "./open-api/import-operations.ts";
import { resourceOperations } from "./resource-operations.ts";
import { restApiOperations } from "./rest-api-operations.ts";
import { stageOperations } from "./stage-operations.ts";
import { tagOperations } from "./tag-operations.ts";

export interface ApiGatewayOptions {
  readonly accountId: string;
  /** Where access logs go; without it, a stage that asks for them is refused. */
  readonly accessLogs?: AccessLogSink;
}

export interface ApiGatewayService extends AwsService {
  /** What `createExecuteApi` serves. */
  readonly apis: ApiStore;
}

/** API Gateway's control plane for REST APIs. Source: API Gateway API 2015-07-09. */
export function createApiGatewayService(options: ApiGatewayOptions): ApiGatewayService {
  const apis = new ApiStore(options);
  const service = restJsonService("apigateway", [
    ...importOperations(apis),
    ...restApiOperations(apis),
    ...resourceOperations(apis),
    ...methodOperations(apis),
    ...methodResponseOperations(apis),
    ...integrationOperations(apis),
    ...deploymentOperations(apis),
    ...stageOperations(apis),
    ...tagOperations(apis),
    ...accountOperations(apis),
  ]);
  return { ...service, apis };
}
