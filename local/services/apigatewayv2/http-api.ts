import type { CorsConfiguration } from "../http-payload/cors.ts";
import type { HttpRouteTable } from "./http-route-table.ts";

/** An HTTP API and all that belongs to it. Source: API Gateway API, version 2. */
export interface HttpApi {
  readonly id: string;
  readonly region: string;
  /** ISO 8601, as every date here. */
  readonly createdDate: string;
  settings: HttpApiSettings;
  readonly tags: Map<string, string>;
  readonly integrations: Map<string, HttpIntegration>;
  readonly routes: Map<string, HttpRoute>;
  readonly deployments: Map<string, HttpDeployment>;
  readonly stages: Map<string, HttpStage>;
}

/** Replaced as a whole when it changes, so that a deployment can keep the one it was made from. */
export interface HttpApiSettings {
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly disableExecuteApiEndpoint: boolean;
  readonly ipAddressType: "ipv4" | "dualstack";
  readonly corsConfiguration?: CorsConfiguration | undefined;
}

/** A Lambda proxy integration, the one kind that is served. */
export interface HttpIntegration {
  readonly integrationId: string;
  /** ARN of a function, or of its invocations, as it was given. */
  readonly integrationUri: string;
  /** May hold `${stageVariables.name}`. */
  readonly functionArn: string;
  readonly payloadFormatVersion: "1.0" | "2.0";
  readonly timeoutInMillis: number;
  readonly integrationMethod: string;
  readonly description?: string | undefined;
  /** Made by CreateApi with a target. */
  readonly apiGatewayManaged: boolean;
}

export interface HttpRoute {
  readonly routeId: string;
  /** `$default`, or a method and a path such as `ANY /orders/{proxy+}`. */
  readonly routeKey: string;
  /** `integrations/{id}` */
  readonly target?: string | undefined;
  readonly operationName?: string | undefined;
  readonly apiGatewayManaged: boolean;
}

/** A snapshot: what it serves does not change with the API. */
export interface HttpDeployment {
  readonly deploymentId: string;
  readonly createdDate: string;
  description: string | undefined;
  readonly autoDeployed: boolean;
  readonly routes: HttpRouteTable;
  readonly settings: HttpApiSettings;
}

export interface RouteSettings {
  readonly throttlingBurstLimit?: number;
  readonly throttlingRateLimit?: number;
}

export interface HttpStage {
  readonly stageName: string;
  readonly autoDeploy: boolean;
  readonly deploymentId?: string | undefined;
  readonly description?: string | undefined;
  readonly stageVariables: ReadonlyMap<string, string>;
  readonly accessLogSettings?: { destinationArn?: string; format?: string } | undefined;
  readonly defaultRouteSettings: RouteSettings;
  /** By route key. */
  readonly routeSettings: ReadonlyMap<string, RouteSettings>;
  readonly tags: Map<string, string>;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
  readonly apiGatewayManaged: boolean;
}
