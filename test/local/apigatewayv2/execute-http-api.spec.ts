import {
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateStageCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { send } from "../apigateway/send.ts";
import { startHttpApis, uniqueName, type StartedHttpApis } from "./start-http-apis.ts";

type Event = Record<string, unknown> & { requestContext: Record<string, unknown> };

describe("a deployed HTTP API", () => {
  let cloud: StartedHttpApis;
  before(async () => (cloud = await startHttpApis()));
  after(() => cloud.close());

  const hostOf = (id: string) => `${id}.execute-api.us-east-1.amazonaws.com`;
  const ask = (id: string, path: string, options: Parameters<typeof send>[2] = {}) =>
    send(cloud.port, path, { ...options, headers: { host: hostOf(id), ...options.headers } });
  const eventOf = ({ text }: { text: string }) => JSON.parse(text) as Event;

  it("picks the most specific route, and $default last", async () => {
    const keys = [
      ...["ANY /{proxy+}", "GET /pets/dog", "GET /pets/{id}", "ANY /pets/{id}/{rest+}", "$default"],
    ];
    const id = await cloud.deploy(keys);
    const routeOf = async (method: string, path: string) => {
      const { routeKey, pathParameters } = eventOf(await ask(id, path, { method }));
      return [routeKey, pathParameters];
    };
    expect(await routeOf("GET", "/pets/dog")).to.deep.equal(["GET /pets/dog", undefined]);
    expect(await routeOf("GET", "/pets/a%20cat")).to.deep.equal([
      "GET /pets/{id}",
      { id: "a cat" },
    ]);
    expect(await routeOf("PUT", "/pets/dog")).to.deep.equal([
      "ANY /{proxy+}",
      { proxy: "pets/dog" },
    ]);
    expect(await routeOf("GET", "/pets/1/a/b")).to.deep.equal([
      "ANY /pets/{id}/{rest+}",
      { id: "1", rest: "a/b" },
    ]);
    expect(await routeOf("GET", "/")).to.deep.equal(["$default", undefined]);
  });

  it("is reached by host and by path, on $default without and on a stage with its name", async () => {
    const id = await cloud.deploy(["GET /orders"]);
    await cloud.apis.send(
      new CreateStageCommand({
        ...{ ApiId: id, StageName: "dev", AutoDeploy: true, StageVariables: { color: "blue" } },
      }),
    );
    const asked = [
      ask(id, "/orders"),
      ask(id, "/dev/orders"),
      send(cloud.port, `/_aws/execute-api/${id}/orders`),
      send(cloud.port, `/_aws/execute-api/${id}/$default/orders`),
      send(cloud.port, `/_aws/execute-api/${id}/dev/orders`),
      send(cloud.port, `/restapis/${id}/dev/_user_request_/orders`),
    ];
    const seen = (await Promise.all(asked)).map((answer) => {
      const { rawPath, requestContext, stageVariables } = eventOf(answer);
      return [rawPath, requestContext["stage"], stageVariables];
    });
    const onDefault = ["/orders", "$default", undefined];
    const onDev = ["/dev/orders", "dev", { color: "blue" }];
    expect(seen).to.deep.equal([onDefault, onDev, onDefault, onDefault, onDev, onDev]);
  });

  it("answers 404 for what it has no route or stage for, and when its endpoint is disabled", async () => {
    const id = await cloud.deploy(["GET /orders"], { stageName: "dev" });
    for (const path of ["/dev/nothing", "/orders", "/"]) {
      const { status, text } = await ask(id, path);
      expect([status, text], path).to.deep.equal([404, '{"message":"Not Found"}']);
    }
    const disabled = await cloud.deploy(["$default"], { DisableExecuteApiEndpoint: true });
    expect((await ask(disabled, "/")).status).to.equal(404);
  });

  // Source: API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs".
  it("hands on the event of payload format 2.0", async () => {
    const id = await cloud.deploy(["POST /orders/{id}"]);
    const answer = await ask(id, "/orders/7?a=1&a=2%2C3&b=x%20y", {
      method: "POST",
      body: '{"n":1}',
      headers: {
        "content-type": "application/json",
        ...{ "X-Tag": ["1", "2"], cookie: "c1=a; c2=b", "user-agent": "me" },
      },
    });
    const { headers, requestContext, ...rest } = eventOf(answer);
    expect(rest).to.deep.equal({
      version: "2.0",
      routeKey: "POST /orders/{id}",
      rawPath: "/orders/7",
      rawQueryString: "a=1&a=2%2C3&b=x%20y",
      cookies: ["c1=a", "c2=b"],
      queryStringParameters: { a: "1,2,3", b: "x y" },
      pathParameters: { id: "7" },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    expect(headers).to.deep.include({
      "content-type": "application/json",
      "content-length": "7",
      host: hostOf(id),
      "x-tag": "1,2",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-port": "80",
      "x-forwarded-proto": "http",
    });
    expect(headers).to.not.have.any.keys("cookie", "connection");
    const { time, timeEpoch, requestId, ...context } = requestContext;
    expect(context).to.deep.equal({
      accountId: "000000000000",
      apiId: id,
      domainName: hostOf(id),
      domainPrefix: id,
      http: {
        ...{ method: "POST", path: "/orders/7", protocol: "HTTP/1.1" },
        ...{ sourceIp: "127.0.0.1", userAgent: "me" },
      },
      routeKey: "POST /orders/{id}",
      stage: "$default",
    });
    expect(requestId).to.equal(answer.headers["apigw-requestid"]);
    expect(time).to.match(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(timeEpoch).to.be.a("number");
  });

  it("leaves out of the event what a request does not have, and encodes what is no text", async () => {
    const id = await cloud.deploy(["$default"]);
    const bare = eventOf(await ask(id, "/"));
    expect(bare).to.not.have.any.keys(
      ...["cookies", "queryStringParameters", "pathParameters", "stageVariables", "body"],
    );
    const form = await ask(id, "/", {
      method: "POST",
      body: "a=1",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(eventOf(form)).to.deep.include({ body: "YT0x", isBase64Encoded: true });
    const untyped = await ask(id, "/", { method: "POST", body: "{}" });
    expect(eventOf(untyped)).to.deep.include({ body: "{}", isBase64Encoded: false });
  });

  it("hands on the event of payload format 1.0", async () => {
    const id = await cloud.deploy(["ANY /orders/{id}"], { format: "1.0", stageName: "dev" });
    const answer = await ask(id, "/dev/orders/7?a=1&a=2", { method: "PUT", body: "text" });
    const event = eventOf(answer);
    expect(event).to.deep.include({
      version: "1.0",
      resource: "/orders/{id}",
      path: "/dev/orders/7",
      httpMethod: "PUT",
      queryStringParameters: { a: "2" },
      multiValueQueryStringParameters: { a: ["1", "2"] },
      pathParameters: { id: "7" },
      stageVariables: null,
      body: "text",
      isBase64Encoded: false,
    });
    expect(event.requestContext).to.deep.include({
      apiId: id,
      authorizer: { claims: null, scopes: null },
      httpMethod: "PUT",
      path: "/dev/orders/7",
      resourcePath: "/orders/{id}",
      stage: "dev",
    });
  });

  it("calls only functions that let it", async () => {
    const id = await cloud.deploy(["GET /a", "$default"]);
    const FunctionName = await cloud.create("export const handler = async () => 'hi';");
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
    const { ApiId = "" } = await cloud.apis.send(
      new CreateApiCommand({ Name: uniqueName(), ProtocolType: "HTTP", Target: arn }),
    );
    expect((await ask(ApiId, "/")).status).to.equal(500);
    await cloud.client.send(
      new AddPermissionCommand({
        ...{ FunctionName, StatementId: "other", Action: "lambda:InvokeFunction" },
        Principal: "apigateway.amazonaws.com",
        SourceArn: `arn:aws:execute-api:us-east-1:000000000000:${id}/*/*`,
      }),
    );
    expect((await ask(ApiId, "/")).status).to.equal(500);
    await cloud.client.send(
      new AddPermissionCommand({
        ...{ FunctionName, StatementId: "own", Action: "lambda:InvokeFunction" },
        Principal: "apigateway.amazonaws.com",
        SourceArn: `arn:aws:execute-api:us-east-1:000000000000:${ApiId}/*/$default`,
      }),
    );
    const { status, text } = await ask(ApiId, "/any/path");
    expect([status, text]).to.deep.equal([200, "hi"]);
  });

  it("has, with a target, an integration, a route and a stage that are managed", async () => {
    const { ApiId = "", ApiEndpoint } = await cloud.apis.send(
      new CreateApiCommand({
        ...{ Name: uniqueName(), ProtocolType: "HTTP", RouteKey: "GET /hi" },
        Target: await cloud.functionArn(),
      }),
    );
    expect(ApiEndpoint).to.equal(`https://${hostOf(ApiId)}`);
    const { Items: integrations = [] } = await cloud.apis.send(
      new GetIntegrationsCommand({ ApiId }),
    );
    const { Items: routes = [] } = await cloud.apis.send(new GetRoutesCommand({ ApiId }));
    const { Items: stages = [] } = await cloud.apis.send(new GetStagesCommand({ ApiId }));
    expect(integrations[0]).to.include({ ApiGatewayManaged: true, PayloadFormatVersion: "2.0" });
    expect(routes[0]).to.include({ ApiGatewayManaged: true, RouteKey: "GET /hi" });
    expect(stages[0]).to.include({ StageName: "$default", AutoDeploy: true });
    expect(eventOf(await ask(ApiId, "/hi"))["routeKey"]).to.equal("GET /hi");
  });

  it("serves a deployment until the stage is given another one", async () => {
    const id = await cloud.deploy(["GET /a"]);
    await cloud.apis.send(new CreateStageCommand({ ApiId: id, StageName: "live" }));
    expect((await ask(id, "/live/a")).status).to.equal(404);
    const { DeploymentId } = await cloud.apis.send(new CreateDeploymentCommand({ ApiId: id }));
    await cloud.apis.send(new UpdateStageCommand({ ApiId: id, StageName: "live", DeploymentId }));
    expect((await ask(id, "/live/a")).status).to.equal(200);
  });

  it("limits the rate of a stage", async () => {
    const id = await cloud.deploy(["$default"]);
    await cloud.apis.send(
      new UpdateStageCommand({
        ...{ ApiId: id, StageName: "$default" },
        DefaultRouteSettings: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.001 },
      }),
    );
    expect((await ask(id, "/")).status).to.equal(200);
    const second = await ask(id, "/");
    expect([second.status, second.text]).to.deep.equal([429, '{"message":"Too Many Requests"}']);
  });
});
