import {
  CreateResourceCommand,
  DeleteResourceCommand,
  GetMethodCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  type PutIntegrationCommandInput,
  PutMethodCommand,
  UpdateIntegrationCommand,
  UpdateMethodCommand,
  UpdateResourceCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { deployApi, invocationUri } from "./deploy-api.ts";
import { failure } from "./failure.ts";
import { startApiGateway, type RunningApiGateway } from "./start-api-gateway.ts";

describe("API Gateway's resources, methods and integrations", () => {
  let cloud: RunningApiGateway;
  before(async () => {
    cloud = await startApiGateway();
  });
  after(() => cloud.close());

  it("lists resources with their methods when asked to embed them", async () => {
    const { apiId } = await deployApi(cloud.client, ["POST /productApi", "GET /productApi"]);
    const plain = await cloud.client.send(new GetResourcesCommand({ restApiId: apiId }));
    const embedded = await cloud.client.send(
      new GetResourcesCommand({ restApiId: apiId, embed: ["methods"] }),
    );
    expect(plain.items?.map(({ path }) => path)).to.deep.equal(["/", "/productApi"]);
    expect(plain.items?.[1]?.resourceMethods).to.deep.equal({ POST: {}, GET: {} });
    expect(embedded.items?.[1]?.resourceMethods?.["POST"]).to.deep.include({
      httpMethod: "POST",
      authorizationType: "NONE",
      apiKeyRequired: false,
    });
  });

  it("answers the integration with its method", async () => {
    const { apiId, rootId } = await deployApi(cloud.client, ["GET /"], { timeoutInMillis: 5000 });
    const { methodIntegration } = await cloud.client.send(
      new GetMethodCommand({ restApiId: apiId, resourceId: rootId, httpMethod: "GET" }),
    );
    expect(methodIntegration).to.deep.equal({
      type: "AWS_PROXY",
      httpMethod: "POST",
      uri: invocationUri(),
      connectionType: "INTERNET",
      passthroughBehavior: "WHEN_NO_MATCH",
      timeoutInMillis: 5000,
      cacheNamespace: rootId,
      cacheKeyParameters: [],
    });
  });

  it("refuses a second resource of one name, two parameters side by side, and bad names", async () => {
    const { apiId: restApiId, rootId: parentId } = await deployApi(cloud.client, ["GET /{id}"]);
    const create = (pathPart: string) =>
      failure(cloud.client.send(new CreateResourceCommand({ restApiId, parentId, pathPart })));
    expect(await create("{id}")).to.deep.equal({
      name: "ConflictException",
      status: 409,
      message: "Another resource with the same parent already has this name: {id}",
    });
    expect(await create("{proxy+}")).to.include({ name: "BadRequestException", status: 400 });
    expect(await create("a/b")).to.include({ name: "BadRequestException", status: 400 });
  });

  it("moves all below a resource that is renamed", async () => {
    const { apiId: restApiId } = await deployApi(cloud.client, ["GET /a/b/c"]);
    const { items } = await cloud.client.send(new GetResourcesCommand({ restApiId }));
    const resourceId = items?.find(({ path }) => path === "/a")?.id;
    await cloud.client.send(
      new UpdateResourceCommand({
        restApiId,
        resourceId,
        patchOperations: [{ op: "replace", path: "/pathPart", value: "x" }],
      }),
    );
    const after = await cloud.client.send(new GetResourcesCommand({ restApiId }));
    expect(after.items?.map(({ path }) => path)).to.have.members(["/", "/x", "/x/b", "/x/b/c"]);
  });

  it("deletes all below a resource, but not the root", async () => {
    const { apiId: restApiId, rootId } = await deployApi(cloud.client, ["GET /a/b", "GET /ab"]);
    const { items } = await cloud.client.send(new GetResourcesCommand({ restApiId }));
    const resourceId = items?.find(({ path }) => path === "/a")?.id;
    await cloud.client.send(new DeleteResourceCommand({ restApiId, resourceId }));
    const after = await cloud.client.send(new GetResourcesCommand({ restApiId }));
    expect(after.items?.map(({ path }) => path)).to.have.members(["/", "/ab"]);
    const error = await failure(
      cloud.client.send(new DeleteResourceCommand({ restApiId, resourceId: rootId })),
    );
    expect(error).to.include({ name: "BadRequestException", status: 400 });
  });

  it("refuses authorization that it does not do", async () => {
    const { apiId: restApiId, rootId: resourceId } = await deployApi(cloud.client, ["GET /"]);
    const error = await failure(
      cloud.client.send(
        new PutMethodCommand({
          ...{ restApiId, resourceId },
          httpMethod: "POST",
          authorizationType: "AWS_IAM",
        }),
      ),
    );
    expect(error.message).to.equal(
      "The embedded cloud serves authorizationType NONE only, not 'AWS_IAM'.",
    );
  });

  const refusedIntegrations: Record<string, Partial<PutIntegrationCommandInput>> = {
    "of another type": { type: "MOCK" },
    "invoked with what is no method": { integrationHttpMethod: "GOT" },
    "for something that is no function": { uri: "http://example.com/" },
    "longer than 29 s": { timeoutInMillis: 29_001 },
    "through a VPC link": { connectionType: "VPC_LINK", connectionId: "abc" },
    "with templates": { requestTemplates: { "application/json": "{}" } },
  };
  for (const [kind, settings] of Object.entries(refusedIntegrations))
    it(`refuses an integration ${kind}`, async () => {
      const { apiId: restApiId, rootId: resourceId } = await deployApi(cloud.client, ["GET /"]);
      const error = await failure(
        cloud.client.send(
          new PutIntegrationCommand({
            ...{ restApiId, resourceId, httpMethod: "GET", uri: invocationUri() },
            ...{ type: "AWS_PROXY", integrationHttpMethod: "POST", ...settings },
          }),
        ),
      );
      expect(error).to.include({ name: "BadRequestException", status: 400 });
    });

  it("changes a method and an integration by patch", async () => {
    const { apiId: restApiId, rootId: resourceId } = await deployApi(cloud.client, ["GET /"]);
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await cloud.client.send(
      new UpdateMethodCommand({
        ...method,
        patchOperations: [
          { op: "add", path: "/requestParameters/method.request.querystring.id", value: "true" },
        ],
      }),
    );
    await cloud.client.send(
      new UpdateIntegrationCommand({
        ...method,
        patchOperations: [{ op: "replace", path: "/timeoutInMillis", value: "100" }],
      }),
    );
    const got = await cloud.client.send(new GetMethodCommand(method));
    expect(got.requestParameters).to.deep.equal({ "method.request.querystring.id": true });
    expect(got.methodIntegration?.timeoutInMillis).to.equal(100);
  });
});
