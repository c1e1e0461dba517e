import type { RestOperation } from "../rest-json-service.ts";
import { badRequest } from "../apigateway/api-store.ts";
import { createId } from "../apigateway/create-id.ts";
import { readCustomId } from "../apigateway/create-rest-api.ts";
import { readBoolean, readRequiredText, readText, readTextMap } from "../apigateway/input.ts";
import type { CorsConfiguration } from "../http-payload/cors.ts";
import { readCors } from "../http-payload/read-cors.ts";
import type { HttpApi, HttpApiSettings } from "./http-api.ts";
import { autoDeploy, type HttpApiStore } from "./http-api-store.ts";
import { page } from "./page.ts";
import { quickCreate, updateQuickCreated } from "./quick-create.ts";

const routeSelection = "$request.method $request.path";

type Body = Readonly<Record<string, unknown>>;

/** Source: API Gateway API, version 2, CreateApi and its kin. */
export function apiOperations(store: HttpApiStore): RestOperation[] {
  const path = "/v2/apis";
  return [
    {
      name: "CreateApi",
      method: "POST",
      path,
      status: 201,
      run({ body }, { region }) {
        const protocol = readRequiredText(body, "protocolType");
        if (protocol !== "HTTP")
          throw badRequest(
            `The embedded cloud serves APIs of protocolType HTTP, not '${protocol}'.`,
          );
        const tags = new Map(Object.entries(readTextMap(body, "tags")));
        const api: HttpApi = {
          id: readCustomId(tags) ?? createId(10),
          region,
          createdDate: new Date().toISOString(),
          settings: readSettings(body, undefined),
          tags,
          ...{ integrations: new Map(), routes: new Map(), deployments: new Map() },
          stages: new Map(),
        };
        if (store.has(api.id)) throw badRequest(`An API with the id ${api.id} exists.`);
        quickCreate(api, readText(body, "target"), readText(body, "routeKey"));
        store.add(api);
        return toWire(api);
      },
    },
    {
      name: "GetApis",
      method: "GET",
      path,
      run: ({ query }, { region }) => page(store.list(region), query, ({ id }) => id, toWire),
    },
    {
      name: "GetApi",
      method: "GET",
      path: `${path}/{apiId}`,
      run: ({ params }, { region }) => toWire(store.get(params["apiId"] ?? "", region)),
    },
    {
      name: "UpdateApi",
      method: "PATCH",
      path: `${path}/{apiId}`,
      run({ params, body }, { region }) {
        const api = store.get(params["apiId"] ?? "", region);
        const settings = readSettings(body, api.settings);
        updateQuickCreated(api, readText(body, "target"), readText(body, "routeKey"));
        api.settings = settings;
        autoDeploy(api);
        return toWire(api);
      },
    },
    {
      name: "DeleteApi",
      method: "DELETE",
      path: `${path}/{apiId}`,
      status: 204,
      run: ({ params }, { region }) => {
        store.delete(params["apiId"] ?? "", region);
      },
    },
    {
      name: "DeleteCorsConfiguration",
      method: "DELETE",
      path: `${path}/{apiId}/cors`,
      status: 204,
      run({ params }, { region }) {
        const api = store.get(params["apiId"] ?? "", region);
        api.settings = { ...api.settings, corsConfiguration: undefined };
        autoDeploy(api);
      },
    },
  ];
}

/** What a body sets, over what was set before. */
function readSettings(body: Body, before: HttpApiSettings | undefined): HttpApiSettings {
  const name = readText(body, "name") ?? before?.name;
  if (name === undefined || name === "" || name.length > 128)
    throw badRequest("name must be given, in 1 to 128 characters.");
  const expression = readText(body, "routeSelectionExpression") ?? routeSelection;
  if (expression.replaceAll(/[{}]/g, "") !== routeSelection)
    throw badRequest(
      `The routeSelectionExpression of an HTTP API must be \${request.method} \${request.path}, not '${expression}'.`,
    );
  const ipAddressType = readText(body, "ipAddressType") ?? before?.ipAddressType ?? "ipv4";
  if (ipAddressType !== "ipv4" && ipAddressType !== "dualstack")
    throw badRequest(`ipAddressType must be ipv4 or dualstack, not '${ipAddressType}'.`);
  return {
    name,
    description: readText(body, "description") ?? before?.description,
    version: readText(body, "version") ?? before?.version,
    disableExecuteApiEndpoint:
      "disableExecuteApiEndpoint" in body
        ? readBoolean(body, "disableExecuteApiEndpoint")
        : (before?.disableExecuteApiEndpoint ?? false),
    ipAddressType,
    corsConfiguration: readCorsOf(body) ?? before?.corsConfiguration,
  };
}

function readCorsOf(body: Body): CorsConfiguration | undefined {
  const given = body["corsConfiguration"];
  if (given === undefined || given === null) return undefined;
  const cors = readCors(given, badRequest);
  if (cors.allowCredentials && cors.allowOrigins?.includes("*"))
    throw badRequest("allowCredentials must be false when allowOrigins is set to *.");
  for (const origin of cors.allowOrigins ?? [])
    if (!/^(?:\*|https?:\/\/\*|[a-z][a-z0-9+.-]*:\/\/\S+)$/i.test(origin))
      throw badRequest(`Invalid format for origin ${origin} in allowOrigins.`);
  return cors;
}

function toWire(api: HttpApi): unknown {
  const { id, region, createdDate, settings, tags } = api;
  return {
    apiId: id,
    apiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com`,
    apiGatewayManaged: false,
    apiKeySelectionExpression: "$request.header.x-api-key",
    createdDate,
    protocolType: "HTTP",
    routeSelectionExpression: routeSelection,
    ...settings,
    tags: Object.fromEntries(tags),
  };
}
