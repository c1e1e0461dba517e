import type { RestOperation } from "../../rest-json-service.ts";
import type { FisContext } from "../fis-context.ts";
import { paginate } from "../paginate.ts";
import { viewAction, viewActionSummary } from "../views.ts";

export function actionOperations({ catalogue }: FisContext): RestOperation[] {
  return [
    {
      name: "ListActions",
      method: "GET",
      path: "/actions",
      run({ query }, { region }) {
        const { items, nextToken } = paginate(catalogue.actions, query, ({ id }) => id);
        return { actions: items.map((action) => viewActionSummary(action, region)), nextToken };
      },
    },
    {
      name: "GetAction",
      method: "GET",
      path: "/actions/{id}",
      run: ({ params }, { region }) => ({
        action: viewAction(catalogue.find(params["id"] ?? ""), region),
      }),
    },
  ];
}
