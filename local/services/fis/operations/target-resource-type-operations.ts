import type { RestOperation } from "../../rest-json-service.ts";
import { notFoundError } from "../errors.ts";
import { paginate } from "../paginate.ts";
import { findTargetType, targetParameters, targetTypes } from "../target-types.ts";

const types = Object.entries(targetTypes)
  .map(([resourceType, { name }]) => ({ resourceType, description: describe(name) }))
  .sort((a, b) => (a.resourceType < b.resourceType ? -1 : 1));

export function targetResourceTypeOperations(): RestOperation[] {
  return [
    {
      name: "ListTargetResourceTypes",
      method: "GET",
      path: "/targetResourceTypes",
      run({ query }) {
        const { items, nextToken } = paginate(types, query, ({ resourceType }) => resourceType);
        return { targetResourceTypes: items, nextToken };
      },
    },
    {
      name: "GetTargetResourceType",
      method: "GET",
      path: "/targetResourceTypes/{resourceType}",
      run({ params }) {
        const resourceType = params["resourceType"] ?? "";
        const type = findTargetType(resourceType);
        if (!type) throw notFoundError(`Target resource type ${resourceType} not found.`);
        return {
          targetResourceType: {
            resourceType,
            description: describe(type.name),
            parameters: targetParameters(type),
          },
        };
      },
    },
  ];
}

function describe(name: string): string {
  return `${/^[AEIOU]|^S3|^EC2/.test(name) ? "An" : "A"} ${name}.`;
}
