import { badRequest, getStage, notFound, type ApiStore } from "./api-store.ts";
import { readTextMap } from "./input.ts";
import type { RestOperation } from "../rest-json-service.ts";

const path = "/tags/{resourceArn+}";

export function tagOperations(store: ApiStore): RestOperation[] {
  return [
    {
      name: "TagResource",
      method: "PUT",
      path,
      status: 204,
      run({ params, body }) {
        const tags = findTags(store, params["resourceArn"] ?? "");
        for (const [key, value] of Object.entries(readTextMap(body, "tags"))) tags.set(key, value);
      },
    },
    {
      name: "UntagResource",
      method: "DELETE",
      path,
      status: 204,
      run({ params, query }) {
        const tags = findTags(store, params["resourceArn"] ?? "");
        for (const key of query.getAll("tagKeys")) tags.delete(key);
      },
    },
    {
      name: "GetTags",
      method: "GET",
      path,
      run: ({ params }) => ({
        tags: Object.fromEntries(findTags(store, params["resourceArn"] ?? "")),
      }),
    },
  ];
}

/** Source of the ARNs: API Gateway developer guide, "ARN format of APIs and resources". */
function findTags(store: ApiStore, arn: string): Map<string, string> {
  const pattern =
    /^arn:aws:apigateway:(?<region>[a-z0-9-]+)::\/restapis\/(?<id>[^/]+)(\/stages\/(?<stage>[^/]+))?$/;
  const { region, id, stage } = pattern.exec(arn)?.groups ?? {};
  if (!region || !id) {
    if (!arn.startsWith("arn:aws:apigateway:")) throw badRequest(`Invalid resource ARN: ${arn}`);
    throw notFound(`No resource with tags has the ARN ${arn}`);
  }
  const api = store.get(id, region);
  return stage ? getStage(api, stage).tags : api.tags;
}
