import type { AwsCall } from "../../wire/aws-call.ts";
import type { RestInput, RestOperation } from "../rest-json-service.ts";
import { conflict } from "../apigateway/api-store.ts";
import { readRequiredText, readTextMap } from "../apigateway/input.ts";
import type { HttpApi, HttpStage } from "./http-api.ts";
import { autoDeploy, getStage, type HttpApiStore } from "./http-api-store.ts";
import { checkHttpStageName, createStage, readStage, stageToWire } from "./http-stage.ts";
import { page } from "./page.ts";

export function stageOperations(store: HttpApiStore): RestOperation[] {
  const path = "/v2/apis/{apiId}/stages";
  const apiOf = ({ params }: RestInput, { region }: AwsCall): HttpApi =>
    store.get(params["apiId"] ?? "", region);
  const put = (api: HttpApi, stage: HttpStage): unknown => {
    api.stages.set(stage.stageName, stage);
    if (stage.autoDeploy) autoDeploy(api);
    return stageToWire(getStage(api, stage.stageName));
  };
  return [
    {
      name: "CreateStage",
      method: "POST",
      path,
      status: 201,
      run(input, call) {
        const api = apiOf(input, call);
        const stageName = readRequiredText(input.body, "stageName");
        checkHttpStageName(stageName);
        if (api.stages.has(stageName)) throw conflict("Stage already exists");
        const tags = new Map(Object.entries(readTextMap(input.body, "tags")));
        return put(api, readStage(createStage(stageName, { tags }), input.body, api, store));
      },
    },
    {
      name: "GetStages",
      method: "GET",
      path,
      run: (input, call) =>
        page(
          apiOf(input, call).stages.values(),
          input.query,
          ({ stageName }) => stageName,
          stageToWire,
        ),
    },
    {
      name: "GetStage",
      method: "GET",
      path: `${path}/{stageName}`,
      run: (input, call) =>
        stageToWire(getStage(apiOf(input, call), input.params["stageName"] ?? "")),
    },
    {
      name: "UpdateStage",
      method: "PATCH",
      path: `${path}/{stageName}`,
      run(input, call) {
        const api = apiOf(input, call);
        const before = getStage(api, input.params["stageName"] ?? "");
        return put(api, readStage(before, input.body, api, store));
      },
    },
    {
      name: "DeleteStage",
      method: "DELETE",
      path: `${path}/{stageName}`,
      status: 204,
      run(input, call) {
        const api = apiOf(input, call);
        api.stages.delete(getStage(api, input.params["stageName"] ?? "").stageName);
      },
    },
    {
      name: "DeleteAccessLogSettings",
      method: "DELETE",
      path: `${path}/{stageName}/accesslogsettings`,
      status: 204,
      run(input, call) {
        const api = apiOf(input, call);
        const stage = getStage(api, input.params["stageName"] ?? "");
        put(api, { ...stage, accessLogSettings: undefined });
      },
    },
  ];
}
