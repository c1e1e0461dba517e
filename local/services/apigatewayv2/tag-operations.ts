import type { RestOperation } from "../rest-json-service.ts";
import { badRequest } from "../apigateway/api-store.ts";
import { readTextMap } from "../apigateway/input.ts";
import { getStage, type HttpApiStore } from "./http-api-store.ts";

const path = "/v2/tags/{resourceArn+}";

export function tagOperations(store: HttpApiStore): RestOperation[] {
  return [
    {
      name: "TagResource",
      method: "POST",
      path,
      status: 201,
      run({ params, body }) {
        const tags = tagsOf(store, params["resourceArn"] ?? "");
        for (const [key, value] of Object.entries(readTextMap(body, "tags"))) tags.set(key, value);
        return {};
      },
    },
    {
      name: "UntagResource",
      method: "DELETE",
      path,
      status: 204,
      run({ params, query }) {
        const tags = tagsOf(store, params["resourceArn"] ?? "");
        for (const key of query.getAll("tagKeys")) tags.delete(key);
      },
    },
    {
      name: "GetTags",
      method: "GET",
      path,
      run: ({ params }) => ({
        tags: Object.fromEntries(tagsOf(store, params["resourceArn"] ?? "")),
      }),
    },
  ];
}

/** Source of the ARNs: API Gateway developer guide, "ARN format of APIs and resources". */
function tagsOf(store: HttpApiStore, arn: string): Map<string, string> {
  const { region, id, stage } =
    /^arn:aws:apigateway:(?<region>[a-z0-9-]+)::\/apis\/(?<id>[^/]+)(?:\/stages\/(?<stage>[^/]+))?$/.exec(
      arn,
    )?.groups ?? {};
  if (!region || !id) throw badRequest(`Invalid resource ARN: ${arn}`);
  const api = store.get(id, region);
  return stage ? getStage(api, stage).tags : api.tags;
}
