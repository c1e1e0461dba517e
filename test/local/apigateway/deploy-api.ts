import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type APIGatewayClient,
  type CreateRestApiCommandInput,
} from "@aws-sdk/client-api-gateway";
import { randomUUID } from "node:crypto";

export const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:add-product";

export function invocationUri(arn = functionArn): string {
  return `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** A name that no other test has. */
export function uniqueName(): string {
  return `api-${randomUUID().slice(0, 8)}`;
}

/** An id that no other test has, as `_custom_id_` takes it. */
export function uniqueId(): string {
  return randomUUID().slice(0, 8);
}

export interface DeployedApi {
  readonly apiId: string;
  readonly rootId: string;
  readonly deploymentId: string;
}

/** An API with these methods (`POST /productApi`, …) behind one function, on stage `dev`. */
export async function deployApi(
  client: APIGatewayClient,
  methods: readonly string[],
  settings: Partial<CreateRestApiCommandInput> & {
    timeoutInMillis?: number;
    functionArn?: string;
  } = {},
): Promise<DeployedApi> {
  const { timeoutInMillis, functionArn: arn, ...apiSettings } = settings;
  const api = await client.send(new CreateRestApiCommand({ name: uniqueName(), ...apiSettings }));
  const apiId = String(api.id);
  const rootId = String(api.rootResourceId);
  const resourceIds = new Map([["", rootId]]);
  for (const method of methods) {
    const [httpMethod = "", path = ""] = method.split(" ");
    const resourceId = await createPath(client, apiId, path, resourceIds);
    await putMethod(client, {
      ...{ apiId, resourceId, httpMethod, timeoutInMillis },
      uri: invocationUri(arn),
    });
  }
  const deployment = await client.send(
    new CreateDeploymentCommand({ restApiId: apiId, stageName: "dev" }),
  );
  return { apiId, rootId, deploymentId: String(deployment.id) };
}

export async function putMethod(
  client: APIGatewayClient,
  method: {
    apiId: string;
    resourceId: string;
    httpMethod: string;
    timeoutInMillis?: number | undefined;
    uri?: string;
    /** Default: POST. */
    integrationHttpMethod?: string;
  },
): Promise<void> {
  const { apiId: restApiId, resourceId, httpMethod, timeoutInMillis } = method;
  await client.send(
    new PutMethodCommand({ restApiId, resourceId, httpMethod, authorizationType: "NONE" }),
  );
  await client.send(
    new PutIntegrationCommand({
      ...{ restApiId, resourceId, httpMethod, timeoutInMillis },
      type: "AWS_PROXY",
      integrationHttpMethod: method.integrationHttpMethod ?? "POST",
      uri: method.uri ?? invocationUri(),
    }),
  );
}

async function createPath(
  client: APIGatewayClient,
  restApiId: string,
  path: string,
  resourceIds: Map<string, string>,
): Promise<string> {
  let parent = "";
  for (const pathPart of path.split("/").filter((part) => part !== "")) {
    const child = `${parent}/${pathPart}`;
    if (!resourceIds.has(child)) {
      const parentId = resourceIds.get(parent);
      const { id } = await client.send(
        new CreateResourceCommand({ restApiId, parentId, pathPart }),
      );
      resourceIds.set(child, String(id));
    }
    parent = child;
  }
  return String(resourceIds.get(parent));
}
