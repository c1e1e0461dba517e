import type { RestInput, RestOperation } from "../rest-json-service.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { badRequest, getResource, type ApiStore } from "./api-store.ts";
import { createId } from "./create-id.ts";
import { acceptOnly, readRequiredText } from "./input.ts";
import { methodToWire } from "./method.ts";
import { page } from "./page.ts";
import { invalidPatch, readPatches, type Patch } from "./patch.ts";
import { checkPathPart } from "./path-part.ts";
import type { Resource, RestApi } from "./rest-api.ts";

const path = "/restapis/{restApiId}/resources";

export function resourceOperations(store: ApiStore): RestOperation[] {
  const getApi = ({ params }: RestInput, { region }: AwsCall): RestApi =>
    store.get(params["restApiId"] ?? "", region);
  return [
    {
      name: "CreateResource",
      method: "POST",
      path: `${path}/{parentId}`,
      status: 201,
      run(input, call) {
        const api = getApi(input, call);
        acceptOnly(input.body, "CreateResource", ["pathPart"]);
        const parent = getResource(api, input.params["parentId"] ?? "");
        const pathPart = readRequiredText(input.body, "pathPart");
        checkPathPart(api, parent, pathPart);
        const resource = resourceAt(parent, { id: createId(6), pathPart, methods: new Map() });
        api.resources.set(resource.id, resource);
        return toWire(resource, false);
      },
    },
    {
      name: "GetResources",
      method: "GET",
      path,
      run(input, call) {
        const embed = embedsMethods(input);
        return page([...getApi(input, call).resources.values()], input.query, (each) =>
          toWire(each, embed),
        );
      },
    },
    {
      name: "GetResource",
      method: "GET",
      path: `${path}/{resourceId}`,
      run: (input, call) =>
        toWire(
          getResource(getApi(input, call), input.params["resourceId"] ?? ""),
          embedsMethods(input),
        ),
    },
    {
      name: "UpdateResource",
      method: "PATCH",
      path: `${path}/{resourceId}`,
      run(input, call) {
        const api = getApi(input, call);
        const resource = getResource(api, input.params["resourceId"] ?? "");
        return toWire(move(api, resource, readPatches(input.body)), false);
      },
    },
    {
      name: "DeleteResource",
      method: "DELETE",
      path: `${path}/{resourceId}`,
      status: 202,
      run(input, call) {
        const api = getApi(input, call);
        const resource = getResource(api, input.params["resourceId"] ?? "");
        if (resource.id === api.rootResourceId)
          throw badRequest("The root resource cannot be deleted.");
        for (const each of api.resources.values())
          if (isAtOrBelow(each, resource)) api.resources.delete(each.id);
      },
    },
  ];
}

function embedsMethods({ query }: RestInput): boolean {
  return query.getAll("embed").includes("methods");
}

function resourceAt(
  parent: Resource,
  fields: Pick<Resource, "id" | "pathPart" | "methods">,
): Resource {
  const prefix = parent.path === "/" ? "" : parent.path;
  return { ...fields, parentId: parent.id, path: `${prefix}/${fields.pathPart ?? ""}` };
}

/** Moves or renames a resource, all or not at all; the paths of all below it follow. */
function move(api: RestApi, resource: Resource, patches: readonly Patch[]): Resource {
  let { parentId, pathPart } = resource;
  if (parentId === undefined || pathPart === undefined)
    throw badRequest("The root resource cannot be changed.");
  for (const patch of patches)
    if (patch.op === "replace" && patch.path === "/pathPart") pathPart = patch.value;
    else if (patch.op === "replace" && patch.path === "/parentId") parentId = patch.value;
    else throw invalidPatch(patch, ["/pathPart", "/parentId"]);
  const parent = getResource(api, parentId);
  if (isAtOrBelow(parent, resource)) throw badRequest("A resource cannot be its own parent.");
  checkPathPart(api, parent, pathPart, resource.id);
  const moved = resourceAt(parent, { ...resource, pathPart });
  for (const each of api.resources.values())
    if (isAtOrBelow(each, resource))
      api.resources.set(each.id, {
        ...(each.id === resource.id ? moved : each),
        path: moved.path + each.path.slice(resource.path.length),
      });
  return getResource(api, resource.id);
}

function isAtOrBelow(resource: Resource, ancestor: Resource): boolean {
  return resource.path === ancestor.path || resource.path.startsWith(`${ancestor.path}/`);
}

function toWire({ id, parentId, pathPart, path: wholePath, methods }: Resource, embed: boolean) {
  return {
    id,
    parentId,
    pathPart,
    path: wholePath,
    ...(methods.size > 0 && {
      resourceMethods: Object.fromEntries(
        [...methods].map(([name, method]) => [name, embed ? methodToWire(method) : {}]),
      ),
    }),
  };
}
