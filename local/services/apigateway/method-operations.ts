import type { AwsCall } from "../../wire/aws-call.ts";
import type { RestInput, RestOperation } from "../rest-json-service.ts";
import { conflict, getMethod, getResource, type ApiStore } from "./api-store.ts";
import { methodToWire, patchMethod, readMethod } from "./method.ts";
import { readPatches } from "./patch.ts";
import type { Resource } from "./rest-api.ts";

export const methodPath = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}";

/** The resource that a method's path names, and the method's name. */
export function readMethodPath(
  store: ApiStore,
  { params }: RestInput,
  { region }: AwsCall,
): { resource: Resource; httpMethod: string } {
  const api = store.get(params["restApiId"] ?? "", region);
  const resource = getResource(api, params["resourceId"] ?? "");
  return { resource, httpMethod: params["httpMethod"] ?? "" };
}

export function methodOperations(store: ApiStore): RestOperation[] {
  return [
    {
      name: "PutMethod",
      method: "PUT",
      path: methodPath,
      status: 201,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        const method = readMethod(httpMethod, input.body);
        if (resource.methods.has(httpMethod))
          throw conflict("Method already exists for this resource");
        resource.methods.set(httpMethod, method);
        return methodToWire(method);
      },
    },
    {
      name: "GetMethod",
      method: "GET",
      path: methodPath,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        return methodToWire(getMethod(resource, httpMethod));
      },
    },
    {
      name: "UpdateMethod",
      method: "PATCH",
      path: methodPath,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        const method = readPatches(input.body).reduce(patchMethod, getMethod(resource, httpMethod));
        resource.methods.set(httpMethod, method);
        return methodToWire(method);
      },
    },
    {
      name: "DeleteMethod",
      method: "DELETE",
      path: methodPath,
      status: 204,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        resource.methods.delete(getMethod(resource, httpMethod).httpMethod);
      },
    },
  ];
}
