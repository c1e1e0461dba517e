import {
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { deployApi } from "./deploy-api.ts";
import { send, type Answer } from "./send.ts";
import { startApiGateway, type Invoke, type RunningApiGateway } from "./start-api-gateway.ts";

describe("the answer of a proxy integration", () => {
  let cloud: RunningApiGateway;
  let url: string;
  before(async () => {
    cloud = await startApiGateway();
    const { apiId } = await deployApi(cloud.client, ["ANY /"]);
    url = `/_aws/execute-api/${apiId}/dev/`;
  });
  after(() => cloud.close());

  function answerOf(invoke: Invoke): Promise<Answer> {
    cloud.answerWith(invoke);
    return send(cloud.port, url);
  }

  function answerTo(result: unknown): Promise<Answer> {
    const payload = typeof result === "string" ? result : JSON.stringify(result);
    return answerOf(() => Promise.resolve({ payload }));
  }

  it("is 200, empty and of type application/json by default", async () => {
    const { status, text, headers } = await answerTo({});
    expect([status, text]).to.deep.equal([200, ""]);
    expect(headers).to.include({ "content-type": "application/json" });
    expect(headers["x-amzn-trace-id"]).to.match(/^Root=1-/);
    expect(headers).to.include.keys("x-amzn-requestid", "x-amz-apigw-id");
  });

  it("has the function's status, headers and body", async () => {
    const { status, text, headers } = await answerTo({
      statusCode: "503",
      headers: { "Content-Type": "text/html", "Retry-After": "5", "x-flag": true },
      body: "<p>é</p>",
      isBase64Encoded: false,
    });
    expect([status, text]).to.deep.equal([503, "<p>é</p>"]);
    expect(headers).to.include({
      "content-type": "text/html",
      "retry-after": "5",
      "x-flag": "true",
    });
  });

  it("has each value of headers and multiValueHeaders once", async () => {
    const { headers } = await answerTo({
      headers: { "set-cookie": "a=1", "x-one": "1" },
      multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"], "x-two": ["1", "2"] },
    });
    expect(headers["set-cookie"]).to.deep.equal(["a=1", "b=2"]);
    expect(headers).to.include({ "x-one": "1", "x-two": "1, 2" });
  });

  it("keeps headers of the connection under another name", async () => {
    const { headers, text } = await answerTo({
      headers: { "Content-Length": "1", Connection: "x", "Transfer-Encoding": "chunked" },
      body: "whole",
    });
    expect(text).to.equal("whole");
    expect(headers).to.include({
      "x-amzn-remapped-content-length": "1",
      "x-amzn-remapped-connection": "x",
      "content-length": "5",
    });
  });

  it("is bytes where the caller accepts the API's binary media type", async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x89]);
    const { apiId } = await deployApi(cloud.client, ["GET /"], { binaryMediaTypes: ["image/png"] });
    cloud.answerWith(() =>
      Promise.resolve({
        payload: JSON.stringify({ body: bytes.toString("base64"), isBase64Encoded: true }),
      }),
    );
    const ask = (accept: string) =>
      send(cloud.port, `/_aws/execute-api/${apiId}/dev/`, { headers: { accept } });
    expect((await ask("image/png, */*")).body).to.deep.equal(bytes);
    expect((await ask("text/html")).text).to.equal(bytes.toString("base64"));
  });

  const malformed: Record<string, unknown> = {
    "is not JSON": "no",
    "is nothing": "",
    "is null": null,
    "is a list": [],
    "has another member": { statusCode: 200, message: "ok" },
    "has a body that is no string": { body: {} },
    "has a status that is none": { statusCode: "ok" },
    "has a status out of range": { statusCode: 99 },
    "has headers that are none": { headers: ["a"] },
    "has a header that is an object": { headers: { a: {} } },
    "has a header with a line break": { headers: { a: "b\r\nc: d" } },
    "has a header with a bad name": { headers: { "a b": "c" } },
    "has a single value in multiValueHeaders": { multiValueHeaders: { a: "b" } },
    "has isBase64Encoded as text": { isBase64Encoded: "true" },
  };
  for (const [what, result] of Object.entries(malformed))
    it(`is 502 when the result ${what}`, async () => {
      const { status, text, headers } = await answerTo(result);
      expect([status, text]).to.deep.equal([502, '{"message": "Internal server error"}']);
      expect(headers["x-amzn-errortype"]).to.equal("InternalServerErrorException");
      expect(cloud.log.at(-1)?.["reason"]).to.match(/^malformed Lambda proxy response/);
    });

  it("is 502 when the function fails", async () => {
    const { status, text } = await answerOf(() =>
      Promise.resolve({ payload: '{"errorMessage":"no"}', functionError: "Unhandled" }),
    );
    expect([status, text]).to.deep.equal([502, '{"message": "Internal server error"}']);
    expect(cloud.log.at(-1)?.["reason"]).to.equal('the function failed: {"errorMessage":"no"}');
  });

  for (const [code, expected] of [
    ["AccessDeniedException", 500],
    ["ResourceNotFoundException", 500],
    ["TooManyRequestsException", 502],
  ] as const)
    it(`is ${String(expected)} when the invocation is refused with ${code}`, async () => {
      const { status, text } = await answerOf(() => Promise.reject(new AwsError(code, "no", 400)));
      expect([status, text]).to.deep.equal([expected, '{"message": "Internal server error"}']);
    });

  it("shows an injected fault of the invocation as the tutorial does", async () => {
    const { status, text, headers } = await answerOf(() =>
      Promise.reject(
        new AwsError(
          "InternalError",
          "Failing as per Fault Injection Simulator configuration",
          500,
        ),
      ),
    );
    expect(status).to.equal(500);
    expect(headers["content-type"]).to.equal("text/plain");
    expect(text).to.equal(
      "An error occurred (InternalError) when calling the Invoke operation: Failing as per Fault Injection Simulator configuration",
    );
  });

  it("is 504 when the integration's time is over, and says so to the invocation", async () => {
    const { apiId } = await deployApi(cloud.client, ["GET /"], { timeoutInMillis: 50 });
    let aborted = false;
    cloud.answerWith(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => {
            aborted = true;
            reject(new Error("gone"));
          });
        }),
    );
    const { status, text } = await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`);
    expect([status, text]).to.deep.equal([504, '{"message": "Endpoint request timed out"}']);
    expect(aborted).to.equal(true);
  });

  it("is logged in the stage's access log, in its format", async () => {
    const { apiId, rootId } = await deployApi(cloud.client, ["GET /"]);
    await cloud.client.send(
      new PutMethodCommand({
        ...{ restApiId: apiId, resourceId: rootId, httpMethod: "PUT", authorizationType: "NONE" },
      }),
    );
    await cloud.client.send(
      new UpdateAccountCommand({
        patchOperations: [
          { op: "replace", path: "/cloudwatchRoleArn", value: "arn:aws:iam::000000000000:role/l" },
        ],
      }),
    );
    const logGroupArn = "arn:aws:logs:us-east-1:000000000000:log-group:access";
    const format =
      "$context.requestId $context.identity.sourceIp $context.httpMethod $context.status $context.nothing";
    await cloud.client.send(
      new UpdateStageCommand({
        restApiId: apiId,
        stageName: "dev",
        patchOperations: [
          { op: "replace", path: "/accessLogSettings/destinationArn", value: logGroupArn },
          { op: "replace", path: "/accessLogSettings/format", value: format },
        ],
      }),
    );
    cloud.answerWith(() => Promise.resolve({ payload: '{"statusCode":201}' }));
    const { headers } = await send(cloud.port, `/_aws/execute-api/${apiId}/dev/`);
    expect(cloud.accessLog).to.deep.equal([
      { logGroupArn, line: `${String(headers["x-amzn-requestid"])} 127.0.0.1 GET 201 -` },
    ]);
  });
});
