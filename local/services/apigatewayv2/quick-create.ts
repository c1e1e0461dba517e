import { badRequest } from "../apigateway/api-store.ts";
import { createId } from "../apigateway/create-id.ts";
import type { HttpApi } from "./http-api.ts";
import { autoDeploy } from "./http-api-store.ts";
import { createStage } from "./http-stage.ts";
import { readFunctionArn } from "./integration.ts";
import { readRouteKey } from "./route-key.ts";

/**
 * Gives an API that is created with a target its integration, its one route and the stage `$default`,
 * which deploys automatically. Source: API Gateway API, version 2, CreateApi, `target`.
 */
export function quickCreate(
  api: HttpApi,
  target: string | undefined,
  routeKey: string | undefined,
): void {
  if (target === undefined) {
    if (routeKey !== undefined) throw badRequest("routeKey is of quick create: give a target too.");
    return;
  }
  readRouteKey(routeKey ?? "$default");
  const integrationId = createId(7);
  api.integrations.set(integrationId, {
    integrationId,
    integrationUri: target,
    functionArn: readFunctionArn(target),
    payloadFormatVersion: "2.0",
    timeoutInMillis: 30_000,
    integrationMethod: "POST",
    apiGatewayManaged: true,
  });
  const routeId = createId(7);
  api.routes.set(routeId, {
    routeId,
    routeKey: routeKey ?? "$default",
    target: `integrations/${integrationId}`,
    apiGatewayManaged: true,
  });
  const stage = createStage("$default", { autoDeploy: true, apiGatewayManaged: true });
  api.stages.set(stage.stageName, stage);
  autoDeploy(api);
}

/** UpdateApi with a target or a route key, which only an API of quick create has. */
export function updateQuickCreated(
  api: HttpApi,
  target: string | undefined,
  routeKey: string | undefined,
): void {
  if (target === undefined && routeKey === undefined) return;
  const integration = [...api.integrations.values()].find((each) => each.apiGatewayManaged);
  const route = [...api.routes.values()].find((each) => each.apiGatewayManaged);
  if (!integration || !route)
    throw badRequest("target and routeKey can be updated for an API of quick create only.");
  if (routeKey !== undefined) {
    readRouteKey(routeKey);
    api.routes.set(route.routeId, { ...route, routeKey });
  }
  if (target !== undefined)
    api.integrations.set(integration.integrationId, {
      ...integration,
      integrationUri: target,
      functionArn: readFunctionArn(target),
    });
}
