import type { RestOperation } from "../../rest-json-service.ts";
import { notFoundError } from "../errors.ts";
import { paginate } from "../paginate.ts";
import { targetTypes } from "../resolve-targets.ts";

const types = Object.entries(targetTypes).map(([resourceType, name]) => ({
  resourceType,
  description: `A ${name}.`,
  parameters: {},
}));

export function targetResourceTypeOperations(): RestOperation[] {
  return [
    {
      name: "ListTargetResourceTypes",
      method: "GET",
      path: "/targetResourceTypes",
      run({ query }) {
        const { items, nextToken } = paginate(types, query, ({ resourceType }) => resourceType);
        return {
          targetResourceTypes: items.map(({ resourceType, description }) => ({
            resourceType,
            description,
          })),
          nextToken,
        };
      },
    },
    {
      name: "GetTargetResourceType",
      method: "GET",
      path: "/targetResourceTypes/{resourceType}",
      run({ params }) {
        const wanted = params["resourceType"] ?? "";
        const type = types.find(({ resourceType }) => resourceType === wanted);
        if (!type) throw notFoundError(`Target resource type ${wanted} not found.`);
        return { targetResourceType: type };
      },
    },
  ];
}
