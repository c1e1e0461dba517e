import { notFound } from "../apigateway/api-store.ts";
import type { AccessLogSink } from "../apigateway/access-log.ts";
import { createId } from "../apigateway/create-id.ts";
import type { HttpApi, HttpIntegration, HttpRoute, HttpStage } from "./http-api.ts";
import { HttpRouteTable } from "./http-route-table.ts";

export interface HttpApiStoreOptions {
  readonly accountId: string;
  /** Where access logs go; without it, a stage that asks for them is refused. */
  readonly accessLogs?: AccessLogSink;
  /** Whether another API has this id: those of REST APIs share their addresses. */
  isTaken?(id: string): boolean;
}

/** Every HTTP API of the embedded cloud. Ids are unique across regions, as addresses need. */
export class HttpApiStore {
  readonly #apis = new Map<string, HttpApi>();
  readonly accountId: string;
  readonly accessLogs: AccessLogSink | undefined;
  readonly #isTaken: (id: string) => boolean;

  constructor({ accountId, accessLogs, isTaken = () => false }: HttpApiStoreOptions) {
    this.accountId = accountId;
    this.accessLogs = accessLogs;
    this.#isTaken = isTaken;
  }

  has(id: string): boolean {
    return this.#apis.has(id) || this.#isTaken(id);
  }

  add(api: HttpApi): void {
    this.#apis.set(api.id, api);
  }

  /** The API with this id in any region, for a request to its address. */
  find(id: string): HttpApi | undefined {
    return this.#apis.get(id);
  }

  list(region: string): HttpApi[] {
    return [...this.#apis.values()].filter((api) => api.region === region);
  }

  get(id: string, region: string): HttpApi {
    const api = this.#apis.get(id);
    if (api?.region === region) return api;
    throw notFound(`Invalid API identifier specified ${this.accountId}:${id}`);
  }

  delete(id: string, region: string): void {
    this.#apis.delete(this.get(id, region).id);
  }
}

export function getIntegration(api: HttpApi, id: string): HttpIntegration {
  const integration = api.integrations.get(id);
  if (!integration) throw notFound(`Invalid Integration identifier specified ${id}`);
  return integration;
}

export function getRoute(api: HttpApi, id: string): HttpRoute {
  const route = api.routes.get(id);
  if (!route) throw notFound(`Invalid Route identifier specified ${id}`);
  return route;
}

export function getStage(api: HttpApi, stageName: string): HttpStage {
  const stage = api.stages.get(stageName);
  if (!stage) throw notFound("Invalid stage identifier specified");
  return stage;
}

/** The API as it is now, for a stage to serve. */
export function deploy(
  api: HttpApi,
  { autoDeployed = false, description }: { autoDeployed?: boolean; description?: string } = {},
): string {
  const deploymentId = createId(6);
  api.deployments.set(deploymentId, {
    deploymentId,
    createdDate: new Date().toISOString(),
    description,
    autoDeployed,
    routes: new HttpRouteTable(api.routes.values(), api.integrations),
    settings: api.settings,
  });
  return deploymentId;
}

/** Has the stages that deploy automatically serve a change; their last such deployment goes. */
export function autoDeploy(api: HttpApi): void {
  for (const stage of api.stages.values()) {
    if (!stage.autoDeploy) continue;
    const before = api.deployments.get(stage.deploymentId ?? "");
    if (before?.autoDeployed) api.deployments.delete(before.deploymentId);
    const deploymentId = deploy(api, {
      autoDeployed: true,
      description: "Automatic deployment triggered by changes to the Api configuration",
    });
    api.stages.set(stage.stageName, { ...stage, deploymentId });
  }
}
