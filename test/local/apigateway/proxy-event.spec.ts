import { UpdateStageCommand } from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { deployApi } from "./deploy-api.ts";
import { send } from "./send.ts";
import { startApiGateway, type RunningApiGateway } from "./start-api-gateway.ts";

interface ProxyEventJson extends Record<string, unknown> {
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
  readonly requestContext: Record<string, unknown>;
}

describe("the event of a proxy integration", () => {
  let cloud: RunningApiGateway;
  let event: ProxyEventJson;
  before(async () => {
    cloud = await startApiGateway();
    cloud.answerWith(({ payload }) => {
      event = JSON.parse(payload) as ProxyEventJson;
      return Promise.resolve({ payload: "{}" });
    });
  });
  after(() => cloud.close());

  it("has every member, null where there is nothing", async () => {
    const { apiId, deploymentId } = await deployApi(cloud.client, ["GET /productApi"]);
    const answer = await send(cloud.port, "/dev/productApi", {
      headers: { host: `${apiId}.execute-api.localhost.localstack.cloud:4566`, "user-agent": "me" },
    });
    const { headers, multiValueHeaders, requestContext, ...rest } = event;
    expect(rest).to.deep.equal({
      resource: "/productApi",
      path: "/productApi",
      httpMethod: "GET",
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
    expect(headers).to.include({ "X-Forwarded-Port": "4566", "X-Forwarded-Proto": "http" });
    expect(headers["X-Forwarded-For"]).to.equal("127.0.0.1");
    expect(headers["X-Amzn-Trace-Id"]).to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(multiValueHeaders["X-Forwarded-For"]).to.deep.equal(["127.0.0.1"]);
    const { identity, requestTime, requestTimeEpoch, resourceId, ...context } = requestContext;
    expect(context).to.deep.equal({
      accountId: "000000000000",
      apiId,
      authorizer: null,
      deploymentId,
      domainName: `${apiId}.execute-api.localhost.localstack.cloud`,
      domainPrefix: apiId,
      extendedRequestId: answer.headers["x-amz-apigw-id"],
      httpMethod: "GET",
      path: "/dev/productApi",
      protocol: "HTTP/1.1",
      requestId: answer.headers["x-amzn-requestid"],
      resourcePath: "/productApi",
      stage: "dev",
    });
    expect(identity).to.deep.equal({
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: "127.0.0.1",
      user: null,
      userAgent: "me",
      userArn: null,
    });
    expect(resourceId).to.match(/^[a-z0-9]{6}$/);
    expect(requestTime).to.match(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(new Date(Number(requestTimeEpoch)).toISOString().slice(11, 19)).to.equal(
      String(requestTime).slice(12, 20),
    );
  });

  it("has the last value of a query parameter, and all of them", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    await send(
      cloud.port,
      `/_aws/execute-api/${apiId}/dev/?id=1&id=a%26b+c&__proto__=x&constructor=y&empty`,
    );
    expect(event["queryStringParameters"]).to.deep.equal(
      JSON.parse('{"id":"a&b c","__proto__":"x","constructor":"y","empty":""}'),
    );
    expect(event["multiValueQueryStringParameters"]).to.deep.equal(
      JSON.parse('{"id":["1","a&b c"],"__proto__":["x"],"constructor":["y"],"empty":[""]}'),
    );
  });

  it("takes a query of broken percent-encoding as it is", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    await send(cloud.port, `/_aws/execute-api/${apiId}/dev/?id=%zz&%E0%A4%A=1`);
    expect(event["queryStringParameters"]).to.include({ id: "%zz" });
  });

  it("leaves out the headers of the connection, and keeps forwarded ones", async () => {
    const { apiId } = await deployApi(cloud.client, ["POST /"]);
    await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, {
      method: "POST",
      body: "x",
      headers: {
        "x-forwarded-for": "10.0.0.1",
        "x-amzn-trace-id": "Root=1-00000000-000000000000000000000000",
        "x-custom": "1",
      },
    });
    const names = Object.keys(event.headers).map((name) => name.toLowerCase());
    expect(names).to.not.include.members(["connection"]);
    expect(names).to.not.include.members(["content-length"]);
    expect(event.headers).to.include({
      "X-Forwarded-For": "10.0.0.1, 127.0.0.1",
      "X-Amzn-Trace-Id": "Root=1-00000000-000000000000000000000000",
      "x-custom": "1",
    });
    expect(new Set(names).size).to.equal(names.length);
  });

  it("has headers in the case that the client chose, where the server keeps it", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    const request = {
      method: "GET",
      path: `/_aws/execute-api/${apiId}/dev/`,
      query: new URLSearchParams(),
      headers: { host: "localhost", "x-tag": "1, 2" },
      rawHeaders: ["Host", "localhost", "X-Tag", "1", "X-Tag", "2", "__proto__", "3"],
      body: Buffer.alloc(0),
    };
    const { signal } = new AbortController();
    await cloud.executeApi({ request, requestId: "1", remoteAddress: "::ffff:127.0.0.1", signal });
    expect(event.headers).to.include({ Host: "localhost", "X-Tag": "2" });
    expect(Object.getOwnPropertyDescriptor(event.headers, "__proto__")?.value).to.equal("3");
    expect(event.multiValueHeaders["X-Tag"]).to.deep.equal(["1", "2"]);
  });

  it("has the stage's variables and, where the stage traces, a sampled trace", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"]);
    await cloud.client.send(
      new UpdateStageCommand({
        restApiId: apiId,
        stageName: "dev",
        patchOperations: [
          { op: "replace", path: "/variables/color", value: "blue" },
          { op: "replace", path: "/tracingEnabled", value: "true" },
        ],
      }),
    );
    await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`);
    expect(event["stageVariables"]).to.deep.equal({ color: "blue" });
    expect(event.headers["X-Amzn-Trace-Id"]).to.match(/;Parent=[0-9a-f]{16};Sampled=1$/);
  });

  it("has a body as text, and one of a binary media type as base64", async () => {
    const { apiId } = await deployApi(cloud.client, ["POST /"], { binaryMediaTypes: ["image/*"] });
    const post = async (body: Buffer, type: string) => {
      const headers = { "content-type": type };
      await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, { method: "POST", headers, body });
      return [event["body"], event["isBase64Encoded"]];
    };
    const bytes = Buffer.from([0x89, 0x50, 0xff, 0x00]);
    const text = Buffer.from("é\u0000");
    expect(await post(text, "application/json")).to.deep.equal(["é\u0000", false]);
    expect(await post(bytes, "IMAGE/png; q=1")).to.deep.equal([bytes.toString("base64"), true]);
    expect(await post(bytes, "text/plain")).to.deep.equal(["\ufffdP\ufffd\u0000", false]);
  });
});
