import type { GatewayResponse } from "./gateway-response.ts";
import type { RouteTable } from "./route-table.ts";

/** A REST API and all that belongs to it. Source: API Gateway API 2015-07-09. */
export interface RestApi {
  readonly id: string;
  readonly region: string;
  /** Epoch seconds, as every date here. */
  readonly createdDate: number;
  readonly rootResourceId: string;
  settings: RestApiSettings;
  readonly tags: Map<string, string>;
  readonly resources: Map<string, Resource>;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

/** Replaced as a whole when it changes, so that a deployment can keep the one it was made from. */
export interface RestApiSettings {
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly binaryMediaTypes: readonly string[];
  readonly endpointType: "EDGE" | "REGIONAL";
  readonly ipAddressType: "ipv4" | "dualstack";
  readonly disableExecuteApiEndpoint: boolean;
  /** By their type, as the imported document sets them. */
  readonly gatewayResponses?: ReadonlyMap<string, GatewayResponse>;
}

export interface Resource {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly pathPart: string | undefined;
  readonly path: string;
  /** HTTP method, or `ANY`, to its settings. */
  readonly methods: Map<string, Method>;
}

/** Immutable, like all below that a deployment keeps: a change puts another one in its place. */
export interface Method {
  readonly httpMethod: string;
  readonly operationName?: string;
  readonly requestParameters?: Readonly<Record<string, boolean>>;
  readonly requestModels?: Readonly<Record<string, string>>;
  readonly integration?: Integration;
  readonly responses: ReadonlyMap<string, MethodResponse>;
}

export interface MethodResponse {
  readonly statusCode: string;
  readonly responseParameters?: Readonly<Record<string, boolean>>;
  readonly responseModels?: Readonly<Record<string, string>>;
}

/** A Lambda proxy integration, the one kind that is served. */
export interface Integration {
  readonly uri: string;
  /** May hold `${stageVariables.name}`. */
  readonly functionArn: string;
  /** With any other than POST, the default, requests fail, as on AWS. */
  readonly httpMethod?: string;
  readonly passthroughBehavior: string;
  readonly timeoutInMillis: number;
  readonly cacheNamespace: string;
}

/** A snapshot: what it serves does not change with the API. */
export interface Deployment {
  readonly id: string;
  description: string | undefined;
  readonly createdDate: number;
  readonly routes: RouteTable;
  readonly settings: RestApiSettings;
}

export interface Stage {
  readonly stageName: string;
  deploymentId: string;
  description: string | undefined;
  documentationVersion: string | undefined;
  tracingEnabled: boolean;
  variables: Map<string, string>;
  accessLogSettings: { destinationArn?: string; format?: string } | undefined;
  /** Keyed as the caller wrote it: a resource path and a method, or `*` and `*`, with a slash. */
  readonly methodSettings: Map<string, MethodSetting>;
  readonly tags: Map<string, string>;
  readonly createdDate: number;
  lastUpdatedDate: number;
}

export interface MethodSetting {
  readonly metricsEnabled: boolean;
  readonly loggingLevel: string;
  readonly dataTraceEnabled: boolean;
  readonly throttlingBurstLimit: number;
  readonly throttlingRateLimit: number;
  readonly cachingEnabled: boolean;
  readonly cacheTtlInSeconds: number;
  readonly cacheDataEncrypted: boolean;
  readonly requireAuthorizationForCacheControl: boolean;
  readonly unauthorizedCacheControlHeaderStrategy: string;
}
