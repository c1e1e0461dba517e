import { AwsError } from "../../wire/aws-error.ts";
import type { AccessLogSink } from "./access-log.ts";
import type { Deployment, Integration, Method, Resource, RestApi, Stage } from "./rest-api.ts";

/** Every REST API of the embedded cloud. Ids are unique across regions, as addresses need. */
export class ApiStore {
  readonly #apis = new Map<string, RestApi>();
  readonly accountId: string;
  readonly accessLogs: AccessLogSink | undefined;
  /** `arn:aws:iam::…:role/…` by region, as UpdateAccount set it. */
  readonly cloudwatchRoleArns = new Map<string, string>();

  constructor({ accountId, accessLogs }: { accountId: string; accessLogs?: AccessLogSink }) {
    this.accountId = accountId;
    this.accessLogs = accessLogs;
  }

  add(api: RestApi): void {
    if (this.#apis.has(api.id))
      throw new AwsError("ConflictException", `A REST API with the id ${api.id} exists.`, 409);
    this.#apis.set(api.id, api);
  }

  /** The API with this id in any region, for a request to its address. */
  find(id: string): RestApi | undefined {
    return this.#apis.get(id);
  }

  list(region: string): RestApi[] {
    return [...this.#apis.values()].filter((api) => api.region === region);
  }

  get(id: string, region: string): RestApi {
    const api = this.#apis.get(id);
    if (api?.region === region) return api;
    throw notFound(`Invalid API identifier specified ${this.accountId}:${id}`);
  }

  delete(id: string, region: string): void {
    this.#apis.delete(this.get(id, region).id);
  }
}

export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, 404);
}

export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message, 400);
}

export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, 409);
}

export function getResource(api: RestApi, id: string): Resource {
  const resource = api.resources.get(id);
  if (!resource) throw notFound("Invalid Resource identifier specified");
  return resource;
}

export function getMethod(resource: Resource, httpMethod: string): Method {
  const method = resource.methods.get(httpMethod);
  if (!method) throw notFound("Invalid Method identifier specified");
  return method;
}

export function getIntegration(method: Method): Integration {
  if (!method.integration) throw notFound("Invalid Integration identifier specified");
  return method.integration;
}

export function getDeployment(api: RestApi, id: string): Deployment {
  const deployment = api.deployments.get(id);
  if (!deployment) throw notFound("Invalid Deployment identifier specified");
  return deployment;
}

export function getStage(api: RestApi, stageName: string): Stage {
  const stage = api.stages.get(stageName);
  if (!stage) throw notFound("Invalid stage identifier specified");
  return stage;
}
