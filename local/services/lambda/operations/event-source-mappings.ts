import type { RestOperation } from "../../rest-json-service.ts";
import { describeMapping } from "../event-source-mapping/event-source-mapping.ts";
import type { LambdaContext } from "../lambda-context.ts";
import { pageOf } from "../page.ts";

/** Event source mappings. Source: Lambda API 2015-03-31. */
export function mappingOperations({ mappings, functions }: LambdaContext): RestOperation[] {
  const path = "/2015-03-31/event-source-mappings";
  return [
    {
      name: "CreateEventSourceMapping",
      method: "POST",
      path,
      status: 202,
      run: async ({ body }, call) => describeMapping(await mappings.create(body, call)),
    },
    {
      name: "ListEventSourceMappings",
      method: "GET",
      path,
      run({ query }, call) {
        const name = query.get("FunctionName");
        const functionArn = name === null ? undefined : functions.find(name, call).arn;
        const sourceArn = query.get("EventSourceArn");
        const found = mappings
          .list()
          .filter(
            (each) =>
              each.region === call.region &&
              (functionArn === undefined || each.functionArn === functionArn) &&
              (sourceArn === null || each.sourceArn === sourceArn),
          );
        const { items, ...next } = pageOf(found, query, {
          keyOf: ({ uuid }) => uuid,
          largest: 100,
        });
        return { EventSourceMappings: items.map(describeMapping), ...next };
      },
    },
    {
      name: "GetEventSourceMapping",
      method: "GET",
      path: `${path}/{UUID}`,
      run: ({ params }) => describeMapping(mappings.get(params["UUID"] ?? "")),
    },
    {
      name: "UpdateEventSourceMapping",
      method: "PUT",
      path: `${path}/{UUID}`,
      status: 202,
      run: async ({ params, body }, call) =>
        describeMapping(await mappings.update(params["UUID"] ?? "", body, call)),
    },
    {
      name: "DeleteEventSourceMapping",
      method: "DELETE",
      path: `${path}/{UUID}`,
      status: 202,
      run: async ({ params }) => ({
        ...describeMapping(await mappings.delete(params["UUID"] ?? "")),
        State: "Deleting",
      }),
    },
  ];
}
