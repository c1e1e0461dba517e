import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetTagsCommand,
  PutGatewayResponseCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRestApiCommand,
  type RestApi,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { deployApi, uniqueId, uniqueName } from "./deploy-api.ts";
import { failure } from "./failure.ts";
import { createClient, startApiGateway, type RunningApiGateway } from "./start-api-gateway.ts";

describe("API Gateway's REST APIs", () => {
  let cloud: RunningApiGateway;
  before(async () => {
    cloud = await startApiGateway();
  });
  after(() => cloud.close());

  it("answers what was created, as GetRestApi and GetRestApis do", async () => {
    const id = uniqueId();
    const created = await cloud.client.send(
      new CreateRestApiCommand({
        name: "products",
        description: "Products",
        endpointConfiguration: { types: ["REGIONAL"] },
        binaryMediaTypes: ["image/png"],
        tags: { _custom_id_: id },
      }),
    );
    expect(created).to.deep.include({
      id,
      name: "products",
      description: "Products",
      apiKeySource: "HEADER",
      binaryMediaTypes: ["image/png"],
      disableExecuteApiEndpoint: false,
      tags: { _custom_id_: id },
    });
    expect(created.$metadata.httpStatusCode).to.equal(201);
    expect(created.endpointConfiguration?.types).to.deep.equal(["REGIONAL"]);
    expect(created.createdDate).to.be.instanceOf(Date);
    const got = await cloud.client.send(new GetRestApiCommand({ restApiId: id }));
    const expected = withoutMetadata(created);
    expect(withoutMetadata(got)).to.deep.equal(expected);
    const { items } = await cloud.client.send(new GetRestApisCommand({ limit: 500 }));
    expect(items?.find((each) => each.id === id)).to.deep.equal(expected);
  });

  it("refuses a custom id that is taken", async () => {
    const tags = { _custom_id_: uniqueId() };
    await cloud.client.send(new CreateRestApiCommand({ name: uniqueName(), tags }));
    const error = await failure(
      cloud.client.send(new CreateRestApiCommand({ name: uniqueName(), tags })),
    );
    expect(error).to.include({ name: "ConflictException", status: 409 });
  });

  it("refuses a custom id that no host name can hold", async () => {
    const tags = { _custom_id_: "Products/1" };
    const error = await failure(
      cloud.client.send(new CreateRestApiCommand({ name: uniqueName(), tags })),
    );
    expect(error).to.deep.equal({
      name: "BadRequestException",
      status: 400,
      message:
        "The tag _custom_id_ must be 1 to 63 lower-case letters, digits and hyphens, not 'Products/1'.",
    });
  });

  it("refuses by name what it does not serve", async () => {
    const error = await failure(
      cloud.client.send(new CreateRestApiCommand({ name: uniqueName(), policy: "{}" })),
    );
    expect(error).to.deep.equal({
      name: "BadRequestException",
      status: 400,
      message: "The embedded cloud does not serve policy in CreateRestApi.",
    });
  });

  it("hands out pages", async () => {
    const client = createClient(cloud.endpoint, "eu-west-3");
    for (const name of ["a", "b", "c"]) await client.send(new CreateRestApiCommand({ name }));
    const first = await client.send(new GetRestApisCommand({ limit: 2 }));
    const second = await client.send(new GetRestApisCommand({ position: first.position }));
    client.destroy();
    expect(first.items?.map(({ name }) => name)).to.deep.equal(["a", "b"]);
    expect(second.items?.map(({ name }) => name)).to.deep.equal(["c"]);
    expect(second.position).to.equal(undefined);
  });

  it("keeps regions apart", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    const client = createClient(cloud.endpoint, "eu-west-1");
    const error = await failure(client.send(new GetRestApiCommand({ restApiId: apiId })));
    client.destroy();
    expect(error).to.deep.equal({
      name: "NotFoundException",
      status: 404,
      message: `Invalid API identifier specified 000000000000:${apiId}`,
    });
  });

  it("applies all patch operations or none", async () => {
    const { id: restApiId } = await cloud.client.send(
      new CreateRestApiCommand({ name: "before", binaryMediaTypes: ["image/png"] }),
    );
    const patched = await cloud.client.send(
      new UpdateRestApiCommand({
        restApiId,
        patchOperations: [
          { op: "replace", path: "/name", value: "after" },
          { op: "add", path: "/binaryMediaTypes/image~1gif" },
          { op: "remove", path: "/binaryMediaTypes/image~1png" },
        ],
      }),
    );
    expect(patched).to.deep.include({ name: "after", binaryMediaTypes: ["image/gif"] });
    const error = await failure(
      cloud.client.send(
        new UpdateRestApiCommand({
          restApiId,
          patchOperations: [
            { op: "replace", path: "/name", value: "half" },
            { op: "replace", path: "/nonsense", value: "1" },
          ],
        }),
      ),
    );
    expect(error.message).to.match(/^Invalid patch path '\/nonsense' specified for op 'replace'/);
    const { name } = await cloud.client.send(new GetRestApiCommand({ restApiId }));
    expect(name).to.equal("after");
  });

  it("is gone after DeleteRestApi", async () => {
    const { apiId: restApiId } = await deployApi(cloud.client, ["GET /"]);
    await cloud.client.send(new DeleteRestApiCommand({ restApiId }));
    const error = await failure(cloud.client.send(new DeleteRestApiCommand({ restApiId })));
    expect(error).to.include({ name: "NotFoundException", status: 404 });
  });

  it("tags APIs and stages by their ARNs", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    const api = `arn:aws:apigateway:us-east-1::/restapis/${apiId}`;
    for (const resourceArn of [api, `${api}/stages/dev`]) {
      await cloud.client.send(new TagResourceCommand({ resourceArn, tags: { a: "1", b: "2" } }));
      await cloud.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
      const { tags } = await cloud.client.send(new GetTagsCommand({ resourceArn }));
      expect(tags).to.deep.equal({ b: "2" });
    }
  });

  it("answers an operation that it does not have as unknown", async () => {
    const { apiId: restApiId } = await deployApi(cloud.client, ["GET /"]);
    const error = await failure(
      cloud.client.send(new PutGatewayResponseCommand({ restApiId, responseType: "DEFAULT_4XX" })),
    );
    expect(error).to.include({ name: "UnknownOperationException", status: 404 });
  });
});

function withoutMetadata(output: RestApi): RestApi {
  return Object.fromEntries(Object.entries(output).filter(([name]) => name !== "$metadata"));
}
