import type { AwsCall } from "../../wire/aws-call.ts";
import type { RestInput, RestOperation } from "../rest-json-service.ts";
import { conflict } from "../apigateway/api-store.ts";
import { createId } from "../apigateway/create-id.ts";
import type { HttpApi } from "./http-api.ts";
import { autoDeploy, getIntegration, type HttpApiStore } from "./http-api-store.ts";
import { integrationToWire, readIntegration } from "./integration.ts";
import { page } from "./page.ts";

export function integrationOperations(store: HttpApiStore): RestOperation[] {
  const path = "/v2/apis/{apiId}/integrations";
  const apiOf = ({ params }: RestInput, { region }: AwsCall): HttpApi =>
    store.get(params["apiId"] ?? "", region);
  const idOf = ({ params }: RestInput): string => params["integrationId"] ?? "";
  return [
    {
      name: "CreateIntegration",
      method: "POST",
      path,
      status: 201,
      run(input, call) {
        const api = apiOf(input, call);
        const integration = readIntegration(createId(7), input.body, undefined);
        api.integrations.set(integration.integrationId, integration);
        return integrationToWire(integration);
      },
    },
    {
      name: "GetIntegrations",
      method: "GET",
      path,
      run: (input, call) =>
        page(
          apiOf(input, call).integrations.values(),
          input.query,
          ({ integrationId }) => integrationId,
          integrationToWire,
        ),
    },
    {
      name: "GetIntegration",
      method: "GET",
      path: `${path}/{integrationId}`,
      run: (input, call) => integrationToWire(getIntegration(apiOf(input, call), idOf(input))),
    },
    {
      name: "UpdateIntegration",
      method: "PATCH",
      path: `${path}/{integrationId}`,
      run(input, call) {
        const api = apiOf(input, call);
        const before = getIntegration(api, idOf(input));
        const integration = readIntegration(before.integrationId, input.body, before);
        api.integrations.set(integration.integrationId, integration);
        autoDeploy(api);
        return integrationToWire(integration);
      },
    },
    {
      name: "DeleteIntegration",
      method: "DELETE",
      path: `${path}/{integrationId}`,
      status: 204,
      run(input, call) {
        const api = apiOf(input, call);
        const { integrationId } = getIntegration(api, idOf(input));
        for (const { routeKey, target } of api.routes.values())
          if (target === `integrations/${integrationId}`)
            throw conflict(
              `Cannot delete Integration '${integrationId}' due to part of it is being referenced by the Route with key '${routeKey}'.`,
            );
        api.integrations.delete(integrationId);
      },
    },
  ];
}
