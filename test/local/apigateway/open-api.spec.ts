import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetMethodCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { stringify } from "yaml";
import { invocationUri, uniqueName } from "./deploy-api.ts";
import { failure } from "./failure.ts";
import { send } from "./send.ts";
import { startApiGateway, type RunningApiGateway } from "./start-api-gateway.ts";

const integration = {
  "x-amazon-apigateway-integration": {
    type: "aws_proxy",
    httpMethod: "POST",
    uri: invocationUri(),
    passthroughBehavior: "when_no_match",
    responses: { default: { statusCode: "200" } },
  },
};

function swagger(paths: object, rest: object = {}): object {
  return { swagger: "2.0", info: { title: uniqueName(), version: "1.0" }, paths, ...rest };
}

function openApi(paths: object, rest: object = {}): object {
  return { openapi: "3.0.1", info: { title: uniqueName(), version: "1" }, paths, ...rest };
}

describe("an API from a document", () => {
  let cloud: RunningApiGateway;
  let event: Record<string, unknown>;
  before(async () => {
    cloud = await startApiGateway();
    cloud.answerWith(({ payload }) => {
      event = JSON.parse(payload) as Record<string, unknown>;
      return Promise.resolve({ payload: '{"body":"done"}' });
    });
  });
  after(() => cloud.close());

  const importBody = (document: object) =>
    cloud.client.send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(document)) }));

  async function deployed(document: object): Promise<string> {
    const { id: restApiId = "" } = await importBody(document);
    await cloud.client.send(new CreateDeploymentCommand({ restApiId, stageName: "dev" }));
    return restApiId;
  }

  it("serves the operations of Swagger 2.0, any method and greedy paths among them", async () => {
    const id = await deployed(
      swagger({
        "/orders/{id}": { parameters: [], get: { operationId: "GetOrder", ...integration } },
        "/rest/{proxy+}": { "x-amazon-apigateway-any-method": integration },
      }),
    );
    const get = await send(cloud.port, `/_aws/execute-api/${id}/dev/orders/7`);
    expect([get.status, get.text]).to.deep.equal([200, "done"]);
    expect(event).to.deep.include({ resource: "/orders/{id}", pathParameters: { id: "7" } });
    await send(cloud.port, `/_aws/execute-api/${id}/dev/rest/a/b`, { method: "PATCH" });
    expect(event).to.deep.include({ httpMethod: "PATCH", pathParameters: { proxy: "a/b" } });
    const missing = await send(cloud.port, `/_aws/execute-api/${id}/dev/orders/7`, {
      method: "POST",
    });
    expect(missing.status).to.equal(403);
  });

  it("serves OpenAPI 3.0, also as YAML, and keeps what a method declares", async () => {
    const document = openApi(
      {
        "/": {
          post: {
            ...integration,
            operationId: "Add",
            parameters: [
              { $ref: "#/components/parameters/Page" },
              { name: "x-id", in: "header", required: true },
            ],
            responses: { 200: { description: "ok" }, default: { description: "else" } },
          },
        },
      },
      { components: { parameters: { Page: { name: "page", in: "query" } } } },
    );
    const {
      id: restApiId = "",
      name,
      rootResourceId: resourceId,
    } = await cloud.client.send(
      new ImportRestApiCommand({ body: Buffer.from(stringify(document)) }),
    );
    expect(name).to.equal((document as { info: { title: string } }).info.title);
    const method = await cloud.client.send(
      new GetMethodCommand({ restApiId, resourceId, httpMethod: "POST" }),
    );
    expect(method).to.deep.include({
      operationName: "Add",
      requestParameters: {
        "method.request.querystring.page": false,
        "method.request.header.x-id": true,
      },
      methodResponses: { 200: { statusCode: "200" } },
    });
    expect(method.methodIntegration).to.include({ type: "AWS_PROXY", uri: invocationUri() });
  });

  it("hands on bodies of its binary media types as base64", async () => {
    const id = await deployed(
      swagger(
        { "/": { post: integration } },
        { "x-amazon-apigateway-binary-media-types": ["*/*"] },
      ),
    );
    await send(cloud.port, `/_aws/execute-api/${id}/dev/`, { method: "POST", body: "text" });
    expect(event).to.deep.include({
      body: Buffer.from("text").toString("base64"),
      isBase64Encoded: true,
    });
  });

  it("answers as its gateway responses say", async () => {
    const id = await deployed(
      swagger(
        { "/": { post: { ...integration } } },
        {
          "x-amazon-apigateway-gateway-responses": {
            MISSING_AUTHENTICATION_TOKEN: {
              statusCode: 404,
              responseTemplates: { "application/json": '{"message": "404 Not found" }' },
            },
            DEFAULT_5XX: {
              responseParameters: {
                "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
              },
              responseTemplates: { "application/json": '{"m":$context.error.messageString}' },
            },
          },
        },
      ),
    );
    const missing = await send(cloud.port, `/_aws/execute-api/${id}/dev/nowhere`);
    expect([missing.status, missing.text]).to.deep.equal([404, '{"message": "404 Not found" }']);
    cloud.answerWith(() => Promise.resolve({ payload: "[]" }));
    const failed = await send(cloud.port, `/_aws/execute-api/${id}/dev/`, { method: "POST" });
    expect([failed.status, failed.text]).to.deep.equal([502, '{"m":"Internal server error"}']);
    expect(failed.headers["access-control-allow-origin"]).to.equal("*");
    cloud.answerWith(({ payload }) => {
      event = JSON.parse(payload) as Record<string, unknown>;
      return Promise.resolve({ payload: '{"body":"done"}' });
    });
  });

  it("is overwritten or merged into by PutRestApi, and keeps its id and root", async () => {
    const made = await cloud.client.send(new CreateRestApiCommand({ name: uniqueName() }));
    const put = (mode: "merge" | "overwrite", path: string) =>
      cloud.client.send(
        new PutRestApiCommand({
          restApiId: made.id,
          mode,
          body: Buffer.from(JSON.stringify(swagger({ [path]: { get: integration } }))),
        }),
      );
    const paths = async () => {
      const { items = [] } = await cloud.client.send(
        new GetResourcesCommand({ restApiId: made.id }),
      );
      return items.map(({ path }) => path).sort();
    };
    await put("overwrite", "/a/b");
    expect(await paths()).to.deep.equal(["/", "/a", "/a/b"]);
    await put("merge", "/a/c/");
    expect(await paths()).to.deep.equal(["/", "/a", "/a/b", "/a/c"]);
    await put("overwrite", "/d");
    expect(await paths()).to.deep.equal(["/", "/d"]);
    const { rootResourceId } = await cloud.client.send(
      new GetRestApiCommand({ restApiId: made.id }),
    );
    expect(rootResourceId).to.equal(made.rootResourceId);
  });

  it("is refused with everything that is not served, and nothing of it is kept", async () => {
    const made = await cloud.client.send(new CreateRestApiCommand({ name: uniqueName() }));
    const document = swagger(
      {
        "/a": {
          get: { ...integration, security: [{ keys: [] }] },
          options: { "x-amazon-apigateway-integration": { type: "mock" } },
        },
        "/b": {
          put: { ...integration, "x-amazon-apigateway-request-validator": "ALL" },
          trace: {},
        },
        "/": { get: { operationId: "Changed", ...integration } },
        "/{x}/{y+}/z": { get: integration },
      },
      {
        securityDefinitions: { keys: { type: "apiKey", name: "x-api-key", in: "header" } },
        "x-amazon-apigateway-policy": {},
      },
    );
    const first = swagger({ "/": { get: integration } });
    await cloud.client.send(
      new PutRestApiCommand({ restApiId: made.id, body: Buffer.from(JSON.stringify(first)) }),
    );
    const refused = await failure(
      cloud.client.send(
        new PutRestApiCommand({
          restApiId: made.id,
          body: Buffer.from(JSON.stringify(document)),
        }),
      ),
    );
    expect(refused).to.include({ name: "BadRequestException", status: 400 });
    for (const named of [
      "x-amazon-apigateway-policy",
      "paths./a.get: The embedded cloud does not serve the security scheme keys",
      "paths./a.options.x-amazon-apigateway-integration: The embedded cloud serves integrations of type AWS_PROXY, not 'MOCK'.",
      "paths./b.put: The embedded cloud does not serve x-amazon-apigateway-request-validator",
      "paths./b: The embedded cloud does not serve trace",
      "paths./{x}/{y+}/z: Cannot create a child of a resource with a greedy path variable",
    ])
      expect(refused.message).to.contain(named);
    const { items = [] } = await cloud.client.send(new GetResourcesCommand({ restApiId: made.id }));
    expect(items.map(({ path }) => path)).to.deep.equal(["/"]);
    const { operationName } = await cloud.client.send(
      new GetMethodCommand({
        ...{ restApiId: made.id, resourceId: made.rootResourceId, httpMethod: "GET" },
      }),
    );
    expect(operationName).to.equal(undefined);
  });

  it("takes security schemes that API Gateway does not enforce", async () => {
    const id = await deployed(
      openApi(
        { "/": { get: { ...integration, security: [{ bearer: [] }] } } },
        { components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } } },
      ),
    );
    expect((await send(cloud.port, `/_aws/execute-api/${id}/dev/`)).status).to.equal(200);
  });

  it("is refused where it is no such document", async () => {
    for (const [body, sentence] of [
      ["", "no body"],
      ["[1]", "not an object"],
      ["a: [", "Unable to parse API definition"],
      ['{"openapi":"3.1.0"}', '"3.0.x", not "3.1.0"'],
    ] as const) {
      const made = await cloud.client.send(new CreateRestApiCommand({ name: uniqueName() }));
      const put = new PutRestApiCommand({ restApiId: made.id, body: Buffer.from(body) });
      expect((await failure(cloud.client.send(put))).message).to.contain(sentence);
    }
    const untitled = { swagger: "2.0", paths: {} };
    expect((await failure(importBody(untitled))).message).to.contain("title must be given");
  });
});
