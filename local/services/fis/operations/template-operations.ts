import type { RestOperation } from "../../rest-json-service.ts";
import { checkTemplate } from "../check-template.ts";
import type { FisContext } from "../fis-context.ts";
import { paginate } from "../paginate.ts";
import { readInput } from "../read-input.ts";
import { createTemplateInput, updateTemplateInput } from "../template-schema.ts";
import { warnShortDurations } from "../warn-short-durations.ts";
import { viewTemplate, viewTemplateSummary } from "../views.ts";

export function templateOperations(context: FisContext): RestOperation[] {
  const { accountId, templates } = context;
  const get = (region: string, id: string | undefined) => templates.get(region, id ?? "");
  return [
    {
      name: "CreateExperimentTemplate",
      method: "POST",
      path: "/experimentTemplates",
      run({ body }, { region }) {
        const { clientToken, ...input } = readInput(body, createTemplateInput);
        const { tags, experimentOptions, ...rest } = input;
        const definition = {
          ...rest,
          emptyTargetResolutionMode: experimentOptions.emptyTargetResolutionMode ?? "fail",
        };
        const call = { operation: "CreateExperimentTemplate", region, request: input };
        const template = context.clientTokens.once(clientToken, call, () => {
          checkTemplate(definition, context);
          const created = templates.create(region, definition, tags);
          warnShortDurations(created, context.log);
          return created;
        });
        return { experimentTemplate: viewTemplate(template, accountId) };
      },
    },
    {
      name: "GetExperimentTemplate",
      method: "GET",
      path: "/experimentTemplates/{id}",
      run: ({ params }, { region }) => ({
        experimentTemplate: viewTemplate(get(region, params["id"]), accountId),
      }),
    },
    {
      name: "UpdateExperimentTemplate",
      method: "PATCH",
      path: "/experimentTemplates/{id}",
      run({ params, body }, { region }) {
        const template = get(region, params["id"]);
        const { experimentOptions, ...changes } = readInput(body, updateTemplateInput);
        const definition = {
          ...template.definition,
          ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
          emptyTargetResolutionMode:
            experimentOptions?.emptyTargetResolutionMode ??
            template.definition.emptyTargetResolutionMode,
        };
        checkTemplate(definition, context);
        template.definition = definition;
        template.lastUpdateTime = new Date();
        warnShortDurations(template, context.log);
        return { experimentTemplate: viewTemplate(template, accountId) };
      },
    },
    {
      name: "DeleteExperimentTemplate",
      method: "DELETE",
      path: "/experimentTemplates/{id}",
      run({ params }, { region }) {
        const template = get(region, params["id"]);
        templates.delete(template);
        return { experimentTemplate: viewTemplate(template, accountId) };
      },
    },
    {
      name: "ListExperimentTemplates",
      method: "GET",
      path: "/experimentTemplates",
      run({ query }, { region }) {
        const { items, nextToken } = paginate(templates.list(region), query, ({ key }) => key);
        return {
          experimentTemplates: items.map((template) => viewTemplateSummary(template, accountId)),
          nextToken,
        };
      },
    },
  ];
}
