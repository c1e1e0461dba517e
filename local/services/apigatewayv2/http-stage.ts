import { checkAccessLogFormat } from "../apigateway/access-log.ts";
import { badRequest, notFound } from "../apigateway/api-store.ts";
import { readBoolean, readObject, readText, readTextMap } from "../apigateway/input.ts";
import { checkVariables } from "../apigateway/stage.ts";
import type { HttpApi, HttpStage, RouteSettings } from "./http-api.ts";
import type { HttpApiStore } from "./http-api-store.ts";

type Body = Readonly<Record<string, unknown>>;

/** A stage with nothing set but this. */
export function createStage(stageName: string, given: Partial<HttpStage> = {}): HttpStage {
  const now = new Date().toISOString();
  return {
    stageName,
    autoDeploy: false,
    stageVariables: new Map(),
    defaultRouteSettings: {},
    routeSettings: new Map(),
    tags: new Map(),
    createdDate: now,
    lastUpdatedDate: now,
    apiGatewayManaged: false,
    ...given,
  };
}

/** Source: API Gateway API, version 2, CreateStage. */
export function checkHttpStageName(stageName: string): void {
  if (stageName !== "$default" && !/^[\w-]{1,128}$/.test(stageName))
    throw badRequest("Stage name only allows a-zA-Z0-9_- or must be $default");
}

/** A stage after what a body sets. Source: API Gateway API, version 2, UpdateStage. */
export function readStage(
  before: HttpStage,
  body: Body,
  api: HttpApi,
  store: HttpApiStore,
): HttpStage {
  const autoDeploy = "autoDeploy" in body ? readBoolean(body, "autoDeploy") : before.autoDeploy;
  const deploymentId = readText(body, "deploymentId");
  if (deploymentId !== undefined) {
    if (autoDeploy) throw badRequest("DeploymentId cannot be set for a stage with autoDeploy.");
    if (!api.deployments.has(deploymentId))
      throw notFound(`Invalid Deployment identifier specified ${deploymentId}`);
  }
  const variables = readTextMap(body, "stageVariables");
  checkVariables(variables);
  return {
    ...before,
    autoDeploy,
    deploymentId: deploymentId ?? before.deploymentId,
    description: readText(body, "description") ?? before.description,
    stageVariables:
      "stageVariables" in body ? new Map(Object.entries(variables)) : before.stageVariables,
    accessLogSettings:
      "accessLogSettings" in body
        ? readAccessLog(readObject(body, "accessLogSettings"), store)
        : before.accessLogSettings,
    defaultRouteSettings:
      "defaultRouteSettings" in body
        ? readRouteSettings(readObject(body, "defaultRouteSettings"))
        : before.defaultRouteSettings,
    routeSettings: "routeSettings" in body ? readByRoute(body) : before.routeSettings,
    lastUpdatedDate: new Date().toISOString(),
  };
}

function readAccessLog(given: Body, { accessLogs }: HttpApiStore): HttpStage["accessLogSettings"] {
  const destinationArn = readText(given, "destinationArn")?.replace(/:\*$/, "");
  const format = readText(given, "format");
  if (destinationArn === undefined && format === undefined) return undefined;
  if (
    destinationArn === undefined ||
    !/^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:[^:]+$/.test(destinationArn)
  )
    throw badRequest(
      `The embedded cloud writes access logs to log groups; '${destinationArn ?? ""}' is not the ARN of one.`,
    );
  if (format === undefined) throw badRequest("accessLogSettings must have a format.");
  checkAccessLogFormat(format);
  if (!accessLogs)
    throw badRequest("The embedded cloud does not serve access logs: no log service is there.");
  return { destinationArn, format };
}

function readByRoute(body: Body): ReadonlyMap<string, RouteSettings> {
  const given = readObject(body, "routeSettings");
  return new Map(
    Object.keys(given).map((routeKey) => [
      routeKey,
      readRouteSettings(readObject(given, routeKey)),
    ]),
  );
}

function readRouteSettings(given: Body): RouteSettings {
  const burst = readLimit(given, "throttlingBurstLimit");
  const rate = readLimit(given, "throttlingRateLimit");
  return {
    ...(burst !== undefined && { throttlingBurstLimit: burst }),
    ...(rate !== undefined && { throttlingRateLimit: rate }),
  };
}

function readLimit(given: Body, name: string): number | undefined {
  const value = given[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value >= 0))
    throw badRequest(`${name} must be a number of at least 0.`);
  return value;
}

export function stageToWire(stage: HttpStage): unknown {
  const { stageVariables, routeSettings, tags, ...rest } = stage;
  return {
    ...rest,
    defaultRouteSettings: { detailedMetricsEnabled: false, ...stage.defaultRouteSettings },
    ...(stage.autoDeploy &&
      stage.deploymentId !== undefined && {
        lastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${stage.deploymentId}'`,
      }),
    routeSettings: Object.fromEntries(routeSettings),
    stageVariables: Object.fromEntries(stageVariables),
    tags: Object.fromEntries(tags),
  };
}
