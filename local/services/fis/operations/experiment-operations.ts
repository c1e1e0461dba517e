import type { RestOperation } from "../../rest-json-service.ts";
import type { FisContext } from "../fis-context.ts";
import { paginate } from "../paginate.ts";
import { viewExperiment, viewExperimentSummary } from "../views.ts";

export function experimentOperations(context: FisContext): RestOperation[] {
  const { accountId, experiments } = context;
  const get = (region: string, id: string | undefined) => experiments.get(region, id ?? "");
  return [
    {
      name: "GetExperiment",
      method: "GET",
      path: "/experiments/{id}",
      run: ({ params }, { region }) => ({
        experiment: viewExperiment(get(region, params["id"]), accountId),
      }),
    },
    {
      // The faults are gone before the answer, which says `stopped` as the tutorial prints it, or
      // `stopping` while an action still has work to undo. An experiment that has ended stays as it
      // is, so that stopping twice is safe.
      name: "StopExperiment",
      method: "DELETE",
      path: "/experiments/{id}",
      run({ params }, { region }) {
        const experiment = get(region, params["id"]);
        context.runner.stop(experiment, "Experiment was stopped by request.");
        return { experiment: viewExperiment(experiment, accountId) };
      },
    },
    {
      name: "ListExperiments",
      method: "GET",
      path: "/experiments",
      run({ query }, { region }) {
        const templateId = query.get("experimentTemplateId");
        const found = experiments
          .list(region)
          .filter((each) => templateId === null || each.templateId === templateId);
        const { items, nextToken } = paginate(found, query, ({ key }) => key);
        return {
          experiments: items.map((experiment) => viewExperimentSummary(experiment, accountId)),
          nextToken,
        };
      },
    },
    {
      name: "ListExperimentResolvedTargets",
      method: "GET",
      path: "/experiments/{id}/resolvedTargets",
      run({ params, query }, { region }) {
        const targetName = query.get("targetName");
        const found = get(region, params["id"])
          .resolvedTargets.filter((each) => targetName === null || each.targetName === targetName)
          .map((target) => ({ ...target, key: `${target.targetName} ${target.arn}` }))
          .sort((a, b) => (a.key < b.key ? -1 : 1));
        const { items, nextToken } = paginate(found, query, ({ key }) => key);
        return {
          resolvedTargets: items.map(({ resourceType, targetName, arn }) => ({
            resourceType,
            targetName,
            targetInformation: { arn },
          })),
          nextToken,
        };
      },
    },
  ];
}
