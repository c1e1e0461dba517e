import type { RestOperation } from "../rest-json-service.ts";
import { getIntegration, getMethod, type ApiStore } from "./api-store.ts";
import { integrationToWire, patchIntegration, readIntegration } from "./integration.ts";
import { methodPath, readMethodPath } from "./method-operations.ts";
import { readPatches } from "./patch.ts";

const path = `${methodPath}/integration`;

export function integrationOperations(store: ApiStore): RestOperation[] {
  return [
    {
      name: "PutIntegration",
      method: "PUT",
      path,
      status: 201,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        const method = getMethod(resource, httpMethod);
        const integration = readIntegration(input.body, resource.id);
        resource.methods.set(httpMethod, { ...method, integration });
        return integrationToWire(integration);
      },
    },
    {
      name: "GetIntegration",
      method: "GET",
      path,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        return integrationToWire(getIntegration(getMethod(resource, httpMethod)));
      },
    },
    {
      name: "UpdateIntegration",
      method: "PATCH",
      path,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        const method = getMethod(resource, httpMethod);
        const integration = readPatches(input.body).reduce(
          patchIntegration,
          getIntegration(method),
        );
        resource.methods.set(httpMethod, { ...method, integration });
        return integrationToWire(integration);
      },
    },
    {
      name: "DeleteIntegration",
      method: "DELETE",
      path,
      status: 204,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        const { integration, ...method } = getMethod(resource, httpMethod);
        getIntegration({ ...method, ...(integration && { integration }) });
        resource.methods.set(httpMethod, method);
      },
    },
  ];
}
