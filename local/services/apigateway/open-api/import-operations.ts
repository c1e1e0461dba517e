import type { AwsCall } from "../../../wire/aws-call.ts";
import type { HttpAnswer } from "../../../wire/http.ts";
import type { RestOperation } from "../../rest-json-service.ts";
import { badRequest, type ApiStore } from "../api-store.ts";
import { createRestApi, restApiToWire } from "../create-rest-api.ts";
import { readSettings } from "../rest-api-settings.ts";
import type { RestApi } from "../rest-api.ts";
import { importDocument } from "./import-document.ts";
import { readDocument } from "./read-document.ts";

/** What the query of an import may hold besides the parameters of the operation. */
const own = ["mode", "failonwarnings"];

/** Creates and changes APIs from OpenAPI documents. Source: API Gateway API, ImportRestApi. */
export function importOperations(store: ApiStore): RestOperation[] {
  return [
    {
      name: "ImportRestApi",
      method: "POST",
      path: "/restapis",
      query: ["mode", "import"],
      answer(_input, call) {
        const document = readDocument(call.request.body);
        const endpoint = readParameters(call.request.query);
        const settings = readSettings({ name: "imported", endpointConfiguration: endpoint });
        const api = createRestApi(call.region, settings);
        importDocument(api, document, "overwrite");
        store.add(api);
        return answerApi(api, 201, call);
      },
    },
    {
      name: "PutRestApi",
      method: "PUT",
      path: "/restapis/{restApiId}",
      answer({ params, query }, call) {
        const api = store.get(params["restApiId"] ?? "", call.region);
        const mode = query.get("mode") ?? "merge";
        if (mode !== "merge" && mode !== "overwrite")
          throw badRequest(`mode must be merge or overwrite, not '${mode}'.`);
        const { types } = readParameters(query);
        importDocument(api, readDocument(call.request.body), mode);
        if (types)
          api.settings = {
            ...api.settings,
            endpointType: readSettings({ name: "any", endpointConfiguration: { types } })
              .endpointType,
          };
        return answerApi(api, 200, call);
      },
    },
  ];
}

/**
 * The query parameters of an import: the type of its endpoint, and what is to be ignored, which this
 * cloud does not read in any case. Source: API Gateway API, ImportRestApi, `parameters`.
 */
function readParameters(query: URLSearchParams): { types?: string[] } {
  let types: string[] | undefined;
  for (const [name, value] of query) {
    if (own.includes(name)) continue;
    if (name === "endpointConfigurationTypes") types = [value];
    else if (
      !(name === "ignore" && value === "documentation") &&
      !(name === "basepath" && value === "ignore")
    )
      throw badRequest(`The embedded cloud does not serve the parameter ${name}=${value}.`);
  }
  return types ? { types } : {};
}

function answerApi(api: RestApi, status: number, { requestId }: AwsCall): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-RequestId": requestId },
    body: JSON.stringify(restApiToWire(api)),
  };
}
