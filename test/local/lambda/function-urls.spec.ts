import { randomUUID } from "node:crypto";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigCommandInput,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListFunctionUrlConfigsCommand,
  UpdateFunctionUrlConfigCommand,
} from "@aws-sdk/client-lambda";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failure } from "../apigateway/failure.ts";
import { send } from "../apigateway/send.ts";
import { startLambda, type StartedLambda } from "./start-lambda.ts";

const echo =
  "export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });";

type Event = Record<string, unknown> & { requestContext: Record<string, unknown> };

describe("a function URL", () => {
  let cloud: StartedLambda;
  let port: number;
  before(async () => {
    cloud = await startLambda();
    port = Number(new URL(cloud.endpoint).port);
  });
  after(() => cloud.close());

  const permit = (FunctionName: string, Action: string, settings: object) =>
    cloud.client.send(
      new AddPermissionCommand({
        ...{ FunctionName, Action, Principal: "*", StatementId: randomUUID() },
        ...settings,
      }),
    );
  const open = async (FunctionName: string) => {
    await permit(FunctionName, "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "NONE" });
    await permit(FunctionName, "lambda:InvokeFunction", { InvokedViaFunctionUrl: true });
  };
  const create = async (
    code = echo,
    settings: Partial<CreateFunctionUrlConfigCommandInput> = {},
  ) => {
    const FunctionName = await cloud.create(code);
    const { FunctionUrl = "" } = await cloud.client.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: "NONE", ...settings }),
    );
    return { FunctionName, host: new URL(FunctionUrl).host };
  };
  const ask = (host: string, path = "/", options: Parameters<typeof send>[2] = {}) =>
    send(port, path, { ...options, headers: { host, ...options.headers } });

  it("is created, updated, listed and deleted", async () => {
    const { FunctionName, host } = await create(echo, { Cors: { AllowOrigins: ["*"], MaxAge: 5 } });
    expect(host).to.match(/^[a-z2-7]{32}\.lambda-url\.us-east-1\.on\.aws$/);
    const created = await cloud.client.send(new GetFunctionUrlConfigCommand({ FunctionName }));
    expect(created).to.deep.include({
      ...{ AuthType: "NONE", InvokeMode: "BUFFERED", FunctionUrl: `https://${host}/` },
      Cors: { AllowOrigins: ["*"], MaxAge: 5 },
    });
    const again = await failure(
      cloud.client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: "NONE" })),
    );
    expect(again).to.include({ name: "ResourceConflictException", status: 409 });
    await cloud.client.send(
      new UpdateFunctionUrlConfigCommand({ FunctionName, AuthType: "AWS_IAM" }),
    );
    const { FunctionUrlConfigs = [] } = await cloud.client.send(
      new ListFunctionUrlConfigsCommand({ FunctionName }),
    );
    expect(FunctionUrlConfigs).to.have.length(1);
    expect(FunctionUrlConfigs[0]).to.include({ AuthType: "AWS_IAM" });
    await cloud.client.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
    const gone = await failure(
      cloud.client.send(new GetFunctionUrlConfigCommand({ FunctionName })),
    );
    expect(gone).to.include({ name: "ResourceNotFoundException", status: 404 });
    expect((await ask(host)).status).to.equal(404);
  });

  it("refuses response streaming and another authorization by name", async () => {
    const FunctionName = await cloud.create(echo);
    for (const [settings, named] of [
      [{ AuthType: "NONE", InvokeMode: "RESPONSE_STREAM" }, "InvokeMode"],
      [{ AuthType: "COGNITO" }, "AuthType"],
      [{ AuthType: "NONE", Cors: { MaxAge: 86_401 } }, "MaxAge"],
    ] as const) {
      const input = { FunctionName, ...settings } as CreateFunctionUrlConfigCommandInput;
      const refused = await failure(cloud.client.send(new CreateFunctionUrlConfigCommand(input)));
      expect(refused.name).to.equal("InvalidParameterValueException");
      expect(refused.message).to.contain(named);
    }
  });

  it("needs both permissions for everybody, and says in the log which is missing", async () => {
    const { FunctionName, host } = await create();
    const refused = async () => {
      const { status, headers, text } = await ask(host);
      expect([status, headers["x-amzn-errortype"]]).to.deep.equal([403, "AccessDeniedException"]);
      expect(text).to.match(/^\{"Message":"Forbidden\./);
      const entry = cloud.entries.findLast(({ event }) => event === "function-url-refused");
      return /everybody (lambda:\w+):/.exec(String(entry?.["reason"]))?.[1];
    };
    expect(await refused()).to.equal("lambda:InvokeFunctionUrl");
    await permit(FunctionName, "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "AWS_IAM" });
    expect(await refused()).to.equal("lambda:InvokeFunctionUrl");
    await permit(FunctionName, "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "NONE" });
    expect(await refused()).to.equal("lambda:InvokeFunction");
    await permit(FunctionName, "lambda:InvokeFunction", { InvokedViaFunctionUrl: true });
    expect((await ask(host)).status).to.equal(200);
    const { Policy = "" } = await cloud.client.send(new GetPolicyCommand({ FunctionName }));
    expect(Policy).to.contain('{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}');
    expect(Policy).to.contain('{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}');
  });

  // Source: Lambda developer guide, "Invoking Lambda function URLs", request payload format.
  it("hands on the event of payload format 2.0, by host and by path", async () => {
    const { FunctionName, host } = await create();
    await open(FunctionName);
    const [id = ""] = host.split(".");
    const answer = await ask(host, "/my/path?a=1&a=2", {
      method: "POST",
      body: "hi",
      headers: { "content-type": "text/plain", cookie: "c=1", "user-agent": "me" },
    });
    const { headers, requestContext, ...rest } = JSON.parse(answer.text) as Event;
    expect(rest).to.deep.equal({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/my/path",
      rawQueryString: "a=1&a=2",
      cookies: ["c=1"],
      queryStringParameters: { a: "1,2" },
      body: "hi",
      isBase64Encoded: false,
    });
    expect(headers).to.deep.include({ host, "content-type": "text/plain" });
    const { time, timeEpoch, requestId, ...context } = requestContext;
    expect(context).to.deep.equal({
      accountId: "anonymous",
      apiId: id,
      domainName: host,
      domainPrefix: id,
      http: {
        ...{ method: "POST", path: "/my/path", protocol: "HTTP/1.1" },
        ...{ sourceIp: "127.0.0.1", userAgent: "me" },
      },
      routeKey: "$default",
      stage: "$default",
    });
    expect([typeof time, typeof timeEpoch]).to.deep.equal(["string", "number"]);
    expect(requestId).to.equal(answer.headers["x-amzn-requestid"]);
    for (const [path, raw] of [
      [`/_aws/lambda-url/${id}/a/b`, "/a/b"],
      [`/_aws/lambda-url/${id}`, "/"],
    ] as const) {
      const { rawPath } = JSON.parse((await send(port, path)).text) as Event;
      expect(rawPath).to.equal(raw);
    }
    const local = `${id}.lambda-url.us-east-1.localhost.localstack.cloud:${String(port)}`;
    expect((await ask(local)).status).to.equal(200);
  });

  for (const [what, code, status, body] of [
    ["a text", "'hello'", 200, "hello"],
    ["an error", "(() => { throw new Error('no'); })()", 502, "Internal Server Error"],
    ["a malformed result", "({ statusCode: 'x' })", 502, "Internal Server Error"],
  ] as const)
    it(`answers ${what} of its function`, async () => {
      const { FunctionName, host } = await create(`export const handler = async () => (${code});`);
      await open(FunctionName);
      const answer = await ask(host);
      expect([answer.status, answer.text]).to.deep.equal([status, body]);
    });

  it("with AWS_IAM takes signed requests of roles that may call it, and tells who called", async () => {
    const { FunctionName, host } = await create(echo, { AuthType: "AWS_IAM" });
    const iam = new IAMClient(clientSettings(cloud.endpoint));
    const sts = new STSClient(clientSettings(cloud.endpoint));
    const RoleName = `caller-${randomUUID().slice(0, 8)}`;
    const policy = (statement: object) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: policy({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
      }),
    );
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "caller" }),
    );
    const key = Credentials?.AccessKeyId ?? "";
    const signed = (accessKey: string, service = "lambda") => ({
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    expect((await ask(host)).status).to.equal(403);
    expect((await ask(host, "/", signed("test", "execute-api"))).status).to.equal(403);
    expect((await ask(host, "/", signed(key))).status).to.equal(403);
    const allow = (Action: string[]) =>
      iam.send(
        new PutRolePolicyCommand({
          ...{ RoleName, PolicyName: "calls" },
          PolicyDocument: policy({
            ...{
              Action,
              Resource: `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`,
            },
            Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "AWS_IAM" } },
          }),
        }),
      );
    await allow(["lambda:InvokeFunctionUrl"]);
    expect((await ask(host, "/", signed(key))).status).to.equal(403);
    await allow(["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]);
    const answer = await ask(host, "/", signed(key));
    expect(answer.status).to.equal(200);
    const { requestContext } = JSON.parse(answer.text) as Event;
    expect(requestContext["accountId"]).to.equal("000000000000");
    expect(requestContext["authorizer"]).to.have.nested.property(
      "iam.userArn",
      `arn:aws:sts::000000000000:assumed-role/${RoleName}/caller`,
    );
    for (const client of [iam, sts]) client.destroy();
  });

  it("answers pages as its CORS configuration says", async () => {
    const { FunctionName, host } = await create(echo, {
      Cors: { AllowOrigins: ["http://page.test"], AllowMethods: ["POST"] },
    });
    await open(FunctionName);
    const preflight = (origin: string) =>
      ask(host, "/", {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    expect((await preflight("http://page.test")).headers).to.include({
      "access-control-allow-origin": "http://page.test",
      "access-control-allow-methods": "POST",
    });
    expect((await preflight("http://other.test")).headers).to.not.have.property(
      "access-control-allow-origin",
    );
    const { headers } = await ask(host, "/", { headers: { origin: "http://page.test" } });
    expect(headers["access-control-allow-origin"]).to.equal("http://page.test");
  });

  it("reaches nothing else through its host, and nothing by a name that is not AWS's", async () => {
    const { host } = await create();
    const health = await ask(host, "/_localstack/health");
    expect(health.status).to.equal(403);
    expect(health.text).to.contain("Forbidden");
    for (const name of ["x.lambda-url.us-east-1.on.aws.evil.test", "evil.on.aws"]) {
      const { status, text } = await ask(name);
      expect(status).to.equal(403);
      expect(text).to.contain("does not go by the name");
    }
  });

  it("fails as rules of Lambda say", async () => {
    const { FunctionName, host } = await create();
    await open(FunctionName);
    const rules = (body: object[]) =>
      fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await rules([
      {
        service: "lambda",
        operation: "Invoke",
        error: { statusCode: 503, code: "ServiceException" },
      },
    ]);
    const failed = await ask(host);
    expect([failed.status, failed.headers["x-amzn-errortype"]]).to.deep.equal([
      ...[503, "ServiceException"],
    ]);
    await rules([]);
    expect((await ask(host)).status).to.equal(200);
  });
});
