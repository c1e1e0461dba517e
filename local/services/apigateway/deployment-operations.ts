import type { AwsCall } from "../../wire/aws-call.ts";
import type { RestInput, RestOperation } from "../rest-json-service.ts";
import { badRequest, getDeployment, type ApiStore } from "./api-store.ts";
import { createId, nowSeconds } from "./create-id.ts";
import { acceptOnly, readBoolean, readText, readTextMap } from "./input.ts";
import { page } from "./page.ts";
import { invalidPatch, readPatches } from "./patch.ts";
import type { Deployment, RestApi } from "./rest-api.ts";
import { RouteTable } from "./route-table.ts";
import { checkStageName, checkVariables, createStage } from "./stage.ts";

const path = "/restapis/{restApiId}/deployments";

export function deploymentOperations(store: ApiStore): RestOperation[] {
  const getApi = ({ params }: RestInput, { region }: AwsCall): RestApi =>
    store.get(params["restApiId"] ?? "", region);
  return [
    {
      name: "CreateDeployment",
      method: "POST",
      path,
      status: 201,
      run(input, call) {
        const api = getApi(input, call);
        const deployment = readDeployment(api, input.body);
        deployToStage(api, deployment, input.body);
        api.deployments.set(deployment.id, deployment);
        return toWire(deployment, false);
      },
    },
    {
      name: "GetDeployments",
      method: "GET",
      path,
      run: (input, call) =>
        page([...getApi(input, call).deployments.values()], input.query, (each) =>
          toWire(each, false),
        ),
    },
    {
      name: "GetDeployment",
      method: "GET",
      path: `${path}/{deploymentId}`,
      run: (input, call) =>
        toWire(
          getDeployment(getApi(input, call), input.params["deploymentId"] ?? ""),
          input.query.getAll("embed").includes("apisummary"),
        ),
    },
    {
      name: "UpdateDeployment",
      method: "PATCH",
      path: `${path}/{deploymentId}`,
      run(input, call) {
        const deployment = getDeployment(getApi(input, call), input.params["deploymentId"] ?? "");
        const patches = readPatches(input.body);
        for (const patch of patches)
          if (patch.path !== "/description") throw invalidPatch(patch, ["/description"]);
        for (const { value } of patches) deployment.description = value;
        return toWire(deployment, false);
      },
    },
    {
      name: "DeleteDeployment",
      method: "DELETE",
      path: `${path}/{deploymentId}`,
      status: 202,
      run(input, call) {
        const api = getApi(input, call);
        const { id } = getDeployment(api, input.params["deploymentId"] ?? "");
        for (const { deploymentId } of api.stages.values())
          if (deploymentId === id)
            throw badRequest("Active stages pointing to this deployment must be moved or deleted");
        api.deployments.delete(id);
      },
    },
  ];
}

function readDeployment(api: RestApi, body: RestInput["body"]): Deployment {
  acceptOnly(body, "CreateDeployment", [
    ...["stageName", "stageDescription", "description", "variables", "tracingEnabled"],
  ]);
  const methods = [...api.resources.values()].flatMap(({ methods: all }) => [...all.values()]);
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some(({ integration }) => !integration))
    throw badRequest("No integration defined for method");
  return {
    id: createId(6),
    description: readText(body, "description"),
    createdDate: nowSeconds(),
    routes: new RouteTable(api.resources.values()),
    settings: api.settings,
  };
}

/** A deployment that names a stage makes it, or moves it here. */
function deployToStage(api: RestApi, deployment: Deployment, body: RestInput["body"]): void {
  const stageName = readText(body, "stageName");
  if (!stageName) return;
  checkStageName(stageName);
  const variables = readTextMap(body, "variables");
  checkVariables(variables);
  const stage = api.stages.get(stageName) ?? createStage(stageName, deployment.id);
  api.stages.set(stageName, {
    ...stage,
    deploymentId: deployment.id,
    description: readText(body, "stageDescription") ?? stage.description,
    tracingEnabled:
      "tracingEnabled" in body ? readBoolean(body, "tracingEnabled") : stage.tracingEnabled,
    variables: new Map([...stage.variables, ...Object.entries(variables)]),
    lastUpdatedDate: nowSeconds(),
  });
}

function toWire({ id, description, createdDate, routes }: Deployment, embed: boolean): unknown {
  return { id, description, createdDate, ...(embed && { apiSummary: summarize(routes) }) };
}

function summarize({ paths }: RouteTable): unknown {
  const method = { authorizationType: "NONE", apiKeyRequired: false };
  return Object.fromEntries(
    [...paths].map(([each, methods]) => [
      each,
      Object.fromEntries(methods.map((name) => [name, method])),
    ]),
  );
}
