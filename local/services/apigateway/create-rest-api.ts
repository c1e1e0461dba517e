import { badRequest } from "./api-store.ts";
import { createId, nowSeconds } from "./create-id.ts";
import type { Resource, RestApi, RestApiSettings } from "./rest-api.ts";

/** An API with nothing but its root resource. */
export function createRestApi(
  region: string,
  settings: RestApiSettings,
  tags: Map<string, string> = new Map<string, string>(),
): RestApi {
  const root: Resource = {
    id: createId(10),
    parentId: undefined,
    pathPart: undefined,
    path: "/",
    methods: new Map(),
  };
  return {
    id: readCustomId(tags) ?? createId(10),
    region,
    createdDate: nowSeconds(),
    rootResourceId: root.id,
    settings,
    tags,
    resources: new Map([[root.id, root]]),
    deployments: new Map(),
    stages: new Map(),
  };
}

/**
 * The tag that fixes an id, as LocalStack reads it. Lower case, as addresses are compared so, and a
 * DNS label, as it is one of a host name.
 */
export function readCustomId(tags: ReadonlyMap<string, string>): string | undefined {
  const id = tags.get("_custom_id_");
  if (id !== undefined && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(id))
    throw badRequest(
      `The tag _custom_id_ must be 1 to 63 lower-case letters, digits and hyphens, not '${id}'.`,
    );
  return id;
}

export function restApiToWire({
  id,
  createdDate,
  rootResourceId,
  settings,
  tags,
}: RestApi): unknown {
  const { endpointType, ipAddressType, binaryMediaTypes, ...rest } = settings;
  return {
    id,
    ...rest,
    // Of another operation.
    gatewayResponses: undefined,
    createdDate,
    ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
    apiKeySource: "HEADER",
    endpointConfiguration: { types: [endpointType], ipAddressType },
    tags: Object.fromEntries(tags),
    rootResourceId,
  };
}
