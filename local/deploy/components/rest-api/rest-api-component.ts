import { createHash } from "node:crypto";
import type { Child, ComponentContext, ComponentInputs, ComponentType } from "../component-type.ts";
import { hasUnknown, UNKNOWN } from "../unknown-value.ts";
import { documentOfRoutes } from "./document-of-routes.ts";
import { problemsOfRestApi } from "./problems-of-rest-api.ts";
import { readRoute, type Route } from "./route.ts";

/**
 * `RestAPI` of `@pulumi/aws-apigateway`: a REST API from a document, its deployment and stage, and a
 * permission for each route of a function. Source: the component's documentation and the names under
 * which it registers its resources (version 3).
 */
export const restApiComponent: ComponentType = {
  problemsOf: problemsOfRestApi,
  async create(inputs, context) {
    const { name } = context;
    const routes = readRoutes(inputs, context);
    const stageName = typeof inputs.stageName === "string" ? inputs.stageName : "stage";
    const binaryMediaTypes = stringsOf(inputs.binaryMediaTypes) ?? ["*/*"];
    const { title, body } = documentOf(inputs, context, routes, binaryMediaTypes);
    const handlers = routes.flatMap(({ handler }) => (handler?.urn ? [handler.urn] : []));
    const api = await context.create(
      "aws:apigateway/restApi:RestApi",
      name,
      {
        ...{ name: title, body, binaryMediaTypes },
        ...given(inputs, ["description", "disableExecuteApiEndpoint", "apiKeySource", "tags"]),
      },
      { body: handlers },
    );
    const ofApi = { restApi: [api.urn] };
    const deployment = await context.create(
      "aws:apigateway/deployment:Deployment",
      name,
      { restApi: api.id, variables: { version: hasUnknown(body) ? UNKNOWN : shortHash(body) } },
      ofApi,
    );
    for (const route of routes) await permit(route, api, context);
    const stage = await context.create(
      "aws:apigateway/stage:Stage",
      name,
      { restApi: api.id, deployment: deployment.id, stageName, ...given(inputs, ["tags"]) },
      { ...ofApi, deployment: [deployment.urn] },
    );
    const { invokeUrl } = stage.state;
    return {
      url: typeof invokeUrl === "string" && !hasUnknown(invokeUrl) ? `${invokeUrl}/` : UNKNOWN,
      api: context.refer(api),
      deployment: context.refer(deployment),
      stage: context.refer(stage),
    };
  },
};

/** With `swaggerString` the component takes no routes. */
function readRoutes(
  { routes, swaggerString }: ComponentInputs,
  { find }: ComponentContext,
): Route[] {
  if (swaggerString !== undefined || !Array.isArray(routes)) return [];
  return routes.map((route) => readRoute(route as ComponentInputs, find));
}

function documentOf(
  { swaggerString, gatewayResponses }: ComponentInputs,
  { name }: ComponentContext,
  routes: readonly Route[],
  binaryMediaTypes: readonly string[],
): { title: string; body: string } {
  if (swaggerString === undefined) {
    const responses = (gatewayResponses ?? {}) as ComponentInputs;
    const document = documentOfRoutes(name, routes, binaryMediaTypes, responses);
    return { title: name, body: hasUnknown(document) ? UNKNOWN : JSON.stringify(document) };
  }
  if (hasUnknown(swaggerString)) return { title: name, body: UNKNOWN };
  const document = JSON.parse(String(swaggerString)) as { info?: { title?: string } };
  const title = document.info?.title ?? name;
  return { title, body: JSON.stringify({ ...document, info: { ...document.info, title } }) };
}

/** Any stage may call the function for this method and path. */
async function permit(
  { method, path, handler }: Route,
  api: Child,
  { name, create }: ComponentContext,
): Promise<void> {
  if (!handler) return;
  const methodAndPath = `${method === "ANY" ? "*" : method}${path}`;
  const { executionArn } = api.state;
  await create(
    "aws:lambda/permission:Permission",
    `${name}-${shortHash(methodAndPath)}`,
    {
      action: "lambda:invokeFunction",
      function: handler.functionName,
      principal: "apigateway.amazonaws.com",
      sourceArn:
        typeof executionArn === "string" && !hasUnknown(executionArn)
          ? `${executionArn}/*/${methodAndPath}`
          : UNKNOWN,
    },
    { function: handler.urn ? [handler.urn] : [], sourceArn: [api.urn] },
  );
}

function shortHash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 8);
}

function stringsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

function given(inputs: ComponentInputs, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (inputs[name] === undefined ? [] : [[name, inputs[name]]])),
  );
}
