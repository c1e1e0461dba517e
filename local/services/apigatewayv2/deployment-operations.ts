import type { AwsCall } from "../../wire/aws-call.ts";
import type { RestInput, RestOperation } from "../rest-json-service.ts";
import { badRequest, notFound } from "../apigateway/api-store.ts";
import { readText } from "../apigateway/input.ts";
import type { HttpApi, HttpDeployment } from "./http-api.ts";
import { deploy, getStage, type HttpApiStore } from "./http-api-store.ts";
import { page } from "./page.ts";

export function deploymentOperations(store: HttpApiStore): RestOperation[] {
  const path = "/v2/apis/{apiId}/deployments";
  const apiOf = ({ params }: RestInput, { region }: AwsCall): HttpApi =>
    store.get(params["apiId"] ?? "", region);
  const deploymentOf = ({ params }: RestInput, api: HttpApi): HttpDeployment => {
    const id = params["deploymentId"] ?? "";
    const deployment = api.deployments.get(id);
    if (!deployment) throw notFound(`Invalid Deployment identifier specified ${id}`);
    return deployment;
  };
  return [
    {
      name: "CreateDeployment",
      method: "POST",
      path,
      status: 201,
      run(input, call) {
        const api = apiOf(input, call);
        if (api.routes.size === 0)
          throw badRequest("At least one route is required before deploying the Api");
        const stageName = readText(input.body, "stageName");
        const stage = stageName === undefined ? undefined : getStage(api, stageName);
        if (stage?.autoDeploy)
          throw badRequest("Deployment ID cannot be set on a Stage with autoDeploy enabled.");
        const description = readText(input.body, "description");
        const id = deploy(api, description === undefined ? {} : { description });
        if (stage) api.stages.set(stage.stageName, { ...stage, deploymentId: id });
        return toWire(deploymentOf({ ...input, params: { deploymentId: id } }, api));
      },
    },
    {
      name: "GetDeployments",
      method: "GET",
      path,
      run: (input, call) =>
        page(
          apiOf(input, call).deployments.values(),
          input.query,
          ({ deploymentId }) => deploymentId,
          toWire,
        ),
    },
    {
      name: "GetDeployment",
      method: "GET",
      path: `${path}/{deploymentId}`,
      run: (input, call) => toWire(deploymentOf(input, apiOf(input, call))),
    },
    {
      name: "UpdateDeployment",
      method: "PATCH",
      path: `${path}/{deploymentId}`,
      run(input, call) {
        const deployment = deploymentOf(input, apiOf(input, call));
        deployment.description = readText(input.body, "description") ?? deployment.description;
        return toWire(deployment);
      },
    },
    {
      name: "DeleteDeployment",
      method: "DELETE",
      path: `${path}/{deploymentId}`,
      status: 204,
      run(input, call) {
        const api = apiOf(input, call);
        const { deploymentId } = deploymentOf(input, api);
        for (const stage of api.stages.values())
          if (stage.deploymentId === deploymentId)
            throw badRequest("Active stages pointing to this deployment must be moved or deleted");
        api.deployments.delete(deploymentId);
      },
    },
  ];
}

function toWire({ deploymentId, createdDate, description, autoDeployed }: HttpDeployment): unknown {
  return {
    ...{ deploymentId, createdDate, description, autoDeployed },
    deploymentStatus: "DEPLOYED",
  };
}
