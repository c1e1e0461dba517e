import type { AwsCall } from "../../wire/aws-call.ts";
import type { RestInput, RestOperation } from "../rest-json-service.ts";
import { badRequest, conflict } from "../apigateway/api-store.ts";
import { createId } from "../apigateway/create-id.ts";
import { readText } from "../apigateway/input.ts";
import type { HttpApi, HttpRoute } from "./http-api.ts";
import { autoDeploy, getIntegration, getRoute, type HttpApiStore } from "./http-api-store.ts";
import { page } from "./page.ts";
import { readRouteKey } from "./route-key.ts";

export function routeOperations(store: HttpApiStore): RestOperation[] {
  const path = "/v2/apis/{apiId}/routes";
  const apiOf = ({ params }: RestInput, { region }: AwsCall): HttpApi =>
    store.get(params["apiId"] ?? "", region);
  const routeOf = (input: RestInput, api: HttpApi): HttpRoute =>
    getRoute(api, input.params["routeId"] ?? "");
  return [
    {
      name: "CreateRoute",
      method: "POST",
      path,
      status: 201,
      run(input, call) {
        const api = apiOf(input, call);
        const route = readRoute(createId(7), input.body, api, undefined);
        api.routes.set(route.routeId, route);
        autoDeploy(api);
        return toWire(route);
      },
    },
    {
      name: "GetRoutes",
      method: "GET",
      path,
      run: (input, call) =>
        page(apiOf(input, call).routes.values(), input.query, ({ routeId }) => routeId, toWire),
    },
    {
      name: "GetRoute",
      method: "GET",
      path: `${path}/{routeId}`,
      run: (input, call) => toWire(routeOf(input, apiOf(input, call))),
    },
    {
      name: "UpdateRoute",
      method: "PATCH",
      path: `${path}/{routeId}`,
      run(input, call) {
        const api = apiOf(input, call);
        const before = routeOf(input, api);
        const route = readRoute(before.routeId, input.body, api, before);
        api.routes.set(route.routeId, route);
        autoDeploy(api);
        return toWire(route);
      },
    },
    {
      name: "DeleteRoute",
      method: "DELETE",
      path: `${path}/{routeId}`,
      status: 204,
      run(input, call) {
        const api = apiOf(input, call);
        api.routes.delete(routeOf(input, api).routeId);
        autoDeploy(api);
      },
    },
  ];
}

function readRoute(
  routeId: string,
  body: RestInput["body"],
  api: HttpApi,
  before: HttpRoute | undefined,
): HttpRoute {
  const routeKey = readText(body, "routeKey") ?? before?.routeKey;
  if (routeKey === undefined) throw badRequest("routeKey must be given.");
  readRouteKey(routeKey);
  for (const each of api.routes.values())
    if (each.routeKey === routeKey && each.routeId !== routeId)
      throw conflict(`Route with key ${routeKey} already exists for this API`);
  const authorizationType = readText(body, "authorizationType") ?? "NONE";
  if (authorizationType !== "NONE")
    throw badRequest(
      `The embedded cloud serves authorizationType NONE only, not '${authorizationType}'.`,
    );
  const target = readText(body, "target") ?? before?.target;
  if (target !== undefined) {
    const [, integrationId] = /^integrations\/([^/]+)$/.exec(target) ?? [];
    if (integrationId === undefined)
      throw badRequest(`Invalid target ${target}: it must be integrations/INTEGRATION-ID.`);
    getIntegration(api, integrationId);
  }
  return {
    ...{ routeId, routeKey, target },
    operationName: readText(body, "operationName") ?? before?.operationName,
    apiGatewayManaged: before?.apiGatewayManaged ?? false,
  };
}

function toWire(route: HttpRoute): unknown {
  return { ...route, apiKeyRequired: false, authorizationType: "NONE" };
}
