import type { RestOperation } from "../rest-json-service.ts";
import { badRequest, type ApiStore } from "./api-store.ts";
import { createId, nowSeconds } from "./create-id.ts";
import { acceptOnly, readTextMap } from "./input.ts";
import { page } from "./page.ts";
import { readPatches } from "./patch.ts";
import type { Resource, RestApi } from "./rest-api.ts";
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
      run({ body, query }, { region }) {
        if (query.has("mode")) throw badRequest("The embedded cloud does not serve ImportRestApi.");
        acceptOnly(body, "CreateRestApi", served);
        const tags = new Map(Object.entries(readTextMap(body, "tags")));
        const root: Resource = {
          id: createId(10),
          parentId: undefined,
          pathPart: undefined,
          path: "/",
          methods: new Map(),
        };
        const api: RestApi = {
          id: readCustomId(tags) ?? createId(10),
          region,
          createdDate: nowSeconds(),
          rootResourceId: root.id,
          settings: readSettings(body),
          tags,
          resources: new Map([[root.id, root]]),
          deployments: new Map(),
          stages: new Map(),
        };
        store.add(api);
        return toWire(api);
      },
    },
    {
      name: "GetRestApis",
      method: "GET",
      path: "/restapis",
      run: ({ query }, { region }) => page(store.list(region), query, toWire),
    },
    {
      name: "GetRestApi",
      method: "GET",
      path: "/restapis/{restApiId}",
      run: ({ params }, { region }) => toWire(store.get(params["restApiId"] ?? "", region)),
    },
    {
      name: "UpdateRestApi",
      method: "PATCH",
      path: "/restapis/{restApiId}",
      run({ params, body }, { region }) {
        const api = store.get(params["restApiId"] ?? "", region);
        api.settings = readPatches(body).reduce(patchSettings, api.settings);
        return toWire(api);
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

/**
 * The tag that fixes an id, as LocalStack reads it. Lower case, as addresses are compared so, and a
 * DNS label, as it is one of a host name.
 */
function readCustomId(tags: ReadonlyMap<string, string>): string | undefined {
  const id = tags.get("_custom_id_");
  if (id !== undefined && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(id))
    throw badRequest(
      `The tag _custom_id_ must be 1 to 63 lower-case letters, digits and hyphens, not '${id}'.`,
    );
  return id;
}

function toWire({ id, createdDate, rootResourceId, settings, tags }: RestApi): unknown {
  const { endpointType, ipAddressType, binaryMediaTypes, ...rest } = settings;
  return {
    id,
    ...rest,
    createdDate,
    ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
    apiKeySource: "HEADER",
    endpointConfiguration: { types: [endpointType], ipAddressType },
    tags: Object.fromEntries(tags),
    rootResourceId,
  };
}
