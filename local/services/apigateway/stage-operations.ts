import type { AwsCall } from "../../wire/aws-call.ts";
import type { RestInput, RestOperation } from "../rest-json-service.ts";
import { conflict, getDeployment, getStage, type ApiStore } from "./api-store.ts";
import { nowSeconds } from "./create-id.ts";
import { acceptOnly, readBoolean, readRequiredText, readText, readTextMap } from "./input.ts";
import { readPatches } from "./patch.ts";
import type { RestApi } from "./rest-api.ts";
import { patchStage } from "./patch-stage.ts";
import { checkStageName, checkVariables, createStage, stageToWire } from "./stage.ts";

const path = "/restapis/{restApiId}/stages";

const served = [
  ...["stageName", "deploymentId", "description", "variables", "documentationVersion"],
  ...["tracingEnabled", "tags"],
];

export function stageOperations(store: ApiStore): RestOperation[] {
  const getApi = ({ params }: RestInput, { region }: AwsCall): RestApi =>
    store.get(params["restApiId"] ?? "", region);
  return [
    {
      name: "CreateStage",
      method: "POST",
      path,
      status: 201,
      run(input, call) {
        const api = getApi(input, call);
        const { body } = input;
        acceptOnly(body, "CreateStage", served);
        const stageName = readRequiredText(body, "stageName");
        checkStageName(stageName);
        const deployment = getDeployment(api, readRequiredText(body, "deploymentId"));
        if (api.stages.has(stageName)) throw conflict("Stage already exists");
        const variables = readTextMap(body, "variables");
        checkVariables(variables);
        const stage = {
          ...createStage(stageName, deployment.id),
          description: readText(body, "description"),
          documentationVersion: readText(body, "documentationVersion"),
          tracingEnabled: readBoolean(body, "tracingEnabled"),
          variables: new Map(Object.entries(variables)),
          tags: new Map(Object.entries(readTextMap(body, "tags"))),
        };
        api.stages.set(stageName, stage);
        return stageToWire(stage);
      },
    },
    {
      name: "GetStages",
      method: "GET",
      path,
      run(input, call) {
        const deploymentId = input.query.get("deploymentId");
        const stages = [...getApi(input, call).stages.values()].filter(
          (stage) => !deploymentId || stage.deploymentId === deploymentId,
        );
        return { item: stages.map(stageToWire) };
      },
    },
    {
      name: "GetStage",
      method: "GET",
      path: `${path}/{stageName}`,
      run: (input, call) =>
        stageToWire(getStage(getApi(input, call), input.params["stageName"] ?? "")),
    },
    {
      name: "UpdateStage",
      method: "PATCH",
      path: `${path}/{stageName}`,
      run(input, call) {
        const api = getApi(input, call);
        const stage = readPatches(input.body).reduce(
          (each, patch) => patchStage(each, patch, { api, store }),
          getStage(api, input.params["stageName"] ?? ""),
        );
        const updated = { ...stage, lastUpdatedDate: nowSeconds() };
        api.stages.set(updated.stageName, updated);
        return stageToWire(updated);
      },
    },
    {
      name: "DeleteStage",
      method: "DELETE",
      path: `${path}/{stageName}`,
      status: 202,
      run(input, call) {
        const api = getApi(input, call);
        api.stages.delete(getStage(api, input.params["stageName"] ?? "").stageName);
      },
    },
  ];
}
