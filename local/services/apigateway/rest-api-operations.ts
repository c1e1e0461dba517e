import type { RestOperation } from "../rest-json-service.ts";
import type { ApiStore } from "./api-store.ts";
import { createRestApi, restApiToWire } from "./create-rest-api.ts";
import { acceptOnly, readTextMap } from "./input.ts";
import { page } from "./page.ts";
import { readPatches } from "./patch.ts";
import { patchSettings, readSettings } from "./rest-api-settings.ts";

const served = [
  ...["name", "description", "version", "binaryMediaTypes", "endpointConfiguration", "tags"],
  ...["apiKeySource", "disableExecuteApiEndpoint"],
];

export function restApiOperations(store: ApiStore): RestOperation[] {
  return [
    {
      name: "CreateRestApi",
      method: "POST",
      path: "/restapis",
      status: 201,
      run({ body }, { region }) {
        acceptOnly(body, "CreateRestApi", served);
        const tags = new Map(Object.entries(readTextMap(body, "tags")));
        const api = createRestApi(region, readSettings(body), tags);
        store.add(api);
        return restApiToWire(api);
      },
    },
    {
      name: "GetRestApis",
      method: "GET",
      path: "/restapis",
      run: ({ query }, { region }) => page(store.list(region), query, restApiToWire),
    },
    {
      name: "GetRestApi",
      method: "GET",
      path: "/restapis/{restApiId}",
      run: ({ params }, { region }) => restApiToWire(store.get(params["restApiId"] ?? "", region)),
    },
    {
      name: "UpdateRestApi",
      method: "PATCH",
      path: "/restapis/{restApiId}",
      run({ params, body }, { region }) {
        const api = store.get(params["restApiId"] ?? "", region);
        api.settings = readPatches(body).reduce(patchSettings, api.settings);
        return restApiToWire(api);
      },
    },
    {
      name: "DeleteRestApi",
      method: "DELETE",
      path: "/restapis/{restApiId}",
      status: 202,
      run: ({ params }, { region }) => {
        store.delete(params["restApiId"] ?? "", region);
      },
    },
  ];
}
