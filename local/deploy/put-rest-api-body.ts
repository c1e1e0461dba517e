import {
  type APIGatewayClient,
  type PatchOperation,
  PutRestApiCommand,
  type PutRestApiCommandOutput,
  UpdateRestApiCommand,
} from "@aws-sdk/client-api-gateway";

export interface RestApiBody {
  readonly restApiId: string;
  /** OpenAPI document, JSON or YAML. */
  readonly body: string;
  readonly mode: "merge" | "overwrite" | undefined;
  readonly failOnWarnings: boolean | undefined;
  readonly parameters: Record<string, string> | undefined;
  /** Inputs of the resource that win over what the document says. */
  readonly settings: {
    readonly name: string;
    readonly description?: string | undefined;
    readonly binaryMediaTypes?: readonly string[] | undefined;
    readonly disableExecuteApiEndpoint?: boolean | undefined;
  };
}

/**
 * Gives a REST API its OpenAPI document as the real provider does: overwritten unless said otherwise,
 * and then with the resource's own inputs again where the document says something else.
 */
export async function putRestApiBody(
  client: APIGatewayClient,
  { restApiId, body, mode = "overwrite", failOnWarnings, parameters, settings }: RestApiBody,
): Promise<void> {
  const put = await client.send(
    new PutRestApiCommand({
      restApiId,
      body: new TextEncoder().encode(body),
      mode,
      failOnWarnings,
      parameters,
    }),
  );
  const patchOperations = patchesOf(put, settings);
  if (patchOperations.length > 0)
    await client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
}

function patchesOf(
  put: PutRestApiCommandOutput,
  { name, description, binaryMediaTypes, disableExecuteApiEndpoint }: RestApiBody["settings"],
): PatchOperation[] {
  const replace = (path: string, value: string): PatchOperation => ({ op: "replace", path, value });
  const typePath = (type: string) =>
    `/binaryMediaTypes/${type.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const before = put.binaryMediaTypes ?? [];
  const wanted = binaryMediaTypes ?? before;
  return [
    ...(name === put.name ? [] : [replace("/name", name)]),
    ...(description === undefined || description === put.description
      ? []
      : [replace("/description", description)]),
    ...before
      .filter((type) => !wanted.includes(type))
      .map((type): PatchOperation => ({ op: "remove", path: typePath(type) })),
    ...wanted
      .filter((type) => !before.includes(type))
      .map((type): PatchOperation => ({ op: "add", path: typePath(type) })),
    ...(disableExecuteApiEndpoint === undefined
      ? []
      : [replace("/disableExecuteApiEndpoint", String(disableExecuteApiEndpoint))]),
  ];
}
