import {
  CreateDeploymentCommand,
  DeleteStageCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { deployApi, functionArn, invocationUri, putMethod, uniqueId } from "./deploy-api.ts";
import { send } from "./send.ts";
import { startApiGateway, type RunningApiGateway } from "./start-api-gateway.ts";

describe("a deployed API", () => {
  let cloud: RunningApiGateway;
  before(async () => {
    cloud = await startApiGateway();
  });
  after(() => cloud.close());
  beforeEach(() => {
    cloud.answerWith(({ payload }) => {
      const { resource, httpMethod, path, pathParameters } = JSON.parse(payload) as Record<
        string,
        unknown
      >;
      const body = JSON.stringify({ resource, httpMethod, path, pathParameters });
      return Promise.resolve({ payload: JSON.stringify({ body }) });
    });
  });

  const notDeployed = (apiId: string) =>
    `{"message":"The API id '${apiId}' does not correspond to a deployed API Gateway API"}`;

  it("is reached by host and by both paths", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /productApi"], {
      tags: { _custom_id_: uniqueId() },
    });
    const hosts = [
      "localhost.localstack.cloud",
      `localhost.localstack.cloud:${String(cloud.port)}`,
    ];
    const asked = [
      ...[...hosts, "us-east-1.amazonaws.com"].map((domain) =>
        send(cloud.port, "/dev/productApi", {
          headers: { host: `${apiId.toUpperCase()}.execute-api.${domain}` },
        }),
      ),
      send(cloud.port, `/restapis/${apiId}/dev/_user_request_/productApi`),
      send(cloud.port, `/_aws/execute-api/${apiId.toUpperCase()}/dev/productApi`),
    ];
    for (const { status, text } of await Promise.all(asked)) {
      expect(status).to.equal(200);
      expect(JSON.parse(text)).to.include({ resource: "/productApi", path: "/productApi" });
    }
  });

  it("says of an id or a stage that is not there that it is not deployed", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    const unknown = await send(cloud.port, "/_aws/execute-api/nope/dev/");
    const stage = await send(cloud.port, `/_aws/execute-api/${apiId}/prod/`);
    expect([unknown.status, unknown.text]).to.deep.equal([404, notDeployed("nope")]);
    expect([stage.status, stage.text]).to.deep.equal([404, notDeployed(apiId)]);
  });

  it("leaves requests for the control plane alone", async () => {
    const answer = await send(cloud.port, "/restapis/nope/stages");
    expect(answer.text).to.contain("Invalid API identifier");
  });

  it("answers 403 for a path or a method that it does not have", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /a/b", "POST /products/{id}"]);
    const base = `/_aws/execute-api/${apiId}/dev`;
    for (const path of ["", "/", "/a", "/a/b/c", "/a//b", "/products", "/products/1", "/%zz"]) {
      const answer = await send(cloud.port, base + path);
      expect([path, answer.status, answer.text]).to.deep.equal([
        path,
        403,
        '{"message":"Missing Authentication Token"}',
      ]);
      expect(answer.headers["x-amzn-errortype"]).to.equal("MissingAuthenticationTokenException");
      expect(answer.headers).to.include.keys("x-amzn-requestid", "x-amz-apigw-id");
    }
    const method = await send(cloud.port, `${base}/a/b`, { method: "PROPFIND" });
    expect(method.status).to.equal(403);
  });

  it("takes the most specific resource", async () => {
    const { apiId } = await deployApi(cloud.client, [
      ...["GET /", "GET /products/best", "ANY /products/{id}", "PUT /products/{id}"],
      ...["GET /products/{id}/parts", "ANY /files/{proxy+}", "GET /files/index"],
    ]);
    const ask = async (method: string, path: string) => {
      const { text } = await send(cloud.port, `/_aws/execute-api/${apiId}/dev${path}`, { method });
      const { resource, pathParameters } = JSON.parse(text) as Record<string, unknown>;
      return [resource, pathParameters];
    };
    expect(await ask("GET", "")).to.deep.equal(["/", null]);
    expect(await ask("GET", "/products/best")).to.deep.equal(["/products/best", null]);
    expect(await ask("GET", "/products/best/")).to.deep.equal(["/products/best", null]);
    expect(await ask("GET", "/products/7")).to.deep.equal(["/products/{id}", { id: "7" }]);
    expect(await ask("PUT", "/products/7")).to.deep.equal(["/products/{id}", { id: "7" }]);
    expect(await ask("GET", "/products/best/parts")).to.deep.equal([
      "/products/{id}/parts",
      { id: "best" },
    ]);
    expect(await ask("GET", "/files/index")).to.deep.equal(["/files/index", null]);
    expect(await ask("DELETE", "/files/a/b%2Fc%zz")).to.deep.equal([
      "/files/{proxy+}",
      { proxy: "a/b%2Fc%zz" },
    ]);
  });

  it("takes a method before ANY", async () => {
    const { apiId, rootId } = await deployApi(cloud.client, ["ANY /"]);
    const uri = invocationUri(`${functionArn}-put`);
    await putMethod(cloud.client, { apiId, resourceId: rootId, httpMethod: "PUT", uri });
    await cloud.client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: "dev" }));
    const invoked: string[] = [];
    cloud.answerWith((invocation) => {
      invoked.push(invocation.functionArn);
      return Promise.resolve({ payload: "{}" });
    });
    for (const method of ["PUT", "GET"])
      await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, { method });
    expect(invoked).to.deep.equal([`${functionArn}-put`, functionArn]);
  });

  it("fails requests whose function is not invoked with POST, as API Gateway does", async () => {
    const { apiId, rootId: resourceId } = await deployApi(cloud.client, ["ANY /"]);
    const integrationHttpMethod = "GET";
    const method = { apiId, resourceId, httpMethod: "GET", integrationHttpMethod };
    await putMethod(cloud.client, method);
    await cloud.client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: "dev" }));
    const answer = await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, { method: "GET" });
    expect(answer.status).to.equal(500);
    expect(JSON.parse(String(answer.body))).to.deep.equal({ message: "Internal server error" });
    expect(cloud.log.at(-1)?.["reason"]).to.include("configuration error");
  });

  it("serves what was deployed, not what was changed since", async () => {
    const { apiId, rootId } = await deployApi(cloud.client, ["GET /"]);
    const ask = async () =>
      (await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, { method: "POST" })).status;
    await putMethod(cloud.client, { apiId, resourceId: rootId, httpMethod: "POST" });
    expect(await ask()).to.equal(403);
    await cloud.client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: "dev" }));
    expect(await ask()).to.equal(200);
  });

  it("is gone with its stage", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    await cloud.client.send(new DeleteStageCommand({ restApiId: apiId, stageName: "dev" }));
    const { status } = await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`);
    expect(status).to.equal(404);
  });

  it("answers 403 where its endpoint is disabled", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"], { disableExecuteApiEndpoint: true });
    const answer = await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`);
    expect([answer.status, answer.text]).to.deep.equal([403, '{"message":"Forbidden"}']);
  });

  it("says who invokes, and for which method", async () => {
    const { apiId } = await deployApi(cloud.client, ["ANY /products/{id}"]);
    let source: unknown;
    cloud.answerWith((invocation) => {
      source = [invocation.functionArn, invocation.source];
      return Promise.resolve({ payload: "{}" });
    });
    await send(cloud.port, `/_aws/execute-api/${apiId}/dev/products/7`, { method: "PUT" });
    expect(source).to.deep.equal([
      functionArn,
      {
        service: "apigateway",
        sourceArn: `arn:aws:execute-api:us-east-1:000000000000:${apiId}/dev/PUT/products/{id}`,
      },
    ]);
  });

  it("puts the stage's variables into the function's ARN", async () => {
    const { apiId, rootId } = await deployApi(cloud.client, ["GET /"]);
    const uri = invocationUri(`${functionArn}:\${stageVariables.alias}`);
    await putMethod(cloud.client, { apiId, resourceId: rootId, httpMethod: "PUT", uri });
    await cloud.client.send(
      new CreateDeploymentCommand({
        ...{ restApiId: apiId, stageName: "dev", variables: { alias: "blue" } },
      }),
    );
    let invoked = "";
    cloud.answerWith((invocation) => {
      invoked = invocation.functionArn;
      return Promise.resolve({ payload: "{}" });
    });
    await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, { method: "PUT" });
    expect(invoked).to.equal(`${functionArn}:blue`);
  });

  it("answers 429 beyond the stage's throttle", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /a", "GET /b"]);
    await cloud.client.send(
      new UpdateStageCommand({
        restApiId: apiId,
        stageName: "dev",
        patchOperations: [
          { op: "replace", path: "/a/GET/throttling/burstLimit", value: "2" },
          { op: "replace", path: "/a/GET/throttling/rateLimit", value: "0.0001" },
        ],
      }),
    );
    const ask = async (path: string) => {
      const { status, text } = await send(cloud.port, `/_aws/execute-api/${apiId}/dev${path}`);
      return status === 200 ? status : text;
    };
    const asked = [await ask("/a"), await ask("/a"), await ask("/a"), await ask("/b")];
    expect(asked).to.deep.equal([200, 200, '{"message":"Too Many Requests"}', 200]);
  });

  it("answers 413 for a body over 10 MB", async () => {
    const { apiId } = await deployApi(cloud.client, ["POST /"]);
    const post = (bytes: number) =>
      send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, {
        method: "POST",
        body: Buffer.alloc(bytes, "a"),
      });
    const limit = 10 * 1024 * 1024;
    expect((await post(limit)).status).to.equal(200);
    const { status, text } = await post(limit + 1);
    expect([status, text]).to.deep.equal([413, '{"message":"Request Too Long"}']);
  });
});
