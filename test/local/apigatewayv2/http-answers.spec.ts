import { expect } from "chai";
import { send } from "../apigateway/send.ts";
import { startHttpApis, type StartedHttpApis } from "./start-http-apis.ts";

describe("the answers of an HTTP API", () => {
  let cloud: StartedHttpApis;
  before(async () => (cloud = await startHttpApis()));
  after(() => cloud.close());

  const hostOf = (id: string) => `${id}.execute-api.us-east-1.amazonaws.com`;
  const ask = (id: string, path: string, options: Parameters<typeof send>[2] = {}) =>
    send(cloud.port, path, { ...options, headers: { host: hostOf(id), ...options.headers } });

  for (const [what, code, status, type, body] of [
    ["an object without status", "({ id: 7 })", 200, "application/json", '{"id":7}'],
    ["a text", '"hello"', 200, "application/json", "hello"],
    ["a status alone", "({ statusCode: 204 })", 204, "text/plain;charset=UTF-8", ""],
    [
      "bytes",
      '({ statusCode: 200, headers: { "Content-Type": "image/png" }, body: "aGk=", isBase64Encoded: true })',
      ...([200, "image/png", "hi"] as const),
    ],
    [
      "a body that is no text",
      "({ statusCode: 200, body: { id: 7 } })",
      ...([500, "application/json", '{"message":"Internal Server Error"}'] as const),
    ],
    [
      "an error",
      "(() => { throw new Error('no'); })()",
      ...([500, "application/json", '{"message":"Internal Server Error"}'] as const),
    ],
  ] as const)
    it(`answers ${what} of its function as payload format 2.0 has it`, async () => {
      const id = await cloud.deploy(["$default"], {
        code: `export const handler = async () => (${code});`,
      });
      const answer = await ask(id, "/");
      expect([answer.status, answer.headers["content-type"], answer.text]).to.deep.equal([
        ...[status, type, body],
      ]);
    });

  it("sets the cookies of a result", async () => {
    const result = '{ statusCode: 200, cookies: ["a=1", "b=2"], headers: { "X-N": 7 } }';
    const id = await cloud.deploy(["$default"], {
      code: `export const handler = async () => (${result});`,
    });
    const { headers } = await ask(id, "/");
    expect(headers["set-cookie"]).to.deep.equal(["a=1", "b=2"]);
    expect(headers["x-n"]).to.equal("7");
  });

  it("is 503 when the integration's time is over", async () => {
    const id = await cloud.deploy(["$default"], {
      code: "export const handler = () => new Promise((done) => { setTimeout(done, 5000); });",
      timeoutInMillis: 50,
    });
    const { status, text } = await ask(id, "/");
    expect([status, text]).to.deep.equal([503, '{"message":"Service Unavailable"}']);
  });

  it("answers pages as its CORS configuration says, in the place of its function", async () => {
    const id = await cloud.deploy(["GET /a"], {
      code: "export const handler = async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'http://evil.test' } });",
      CorsConfiguration: {
        ...{ AllowOrigins: ["http://page.test"], AllowMethods: ["GET", "PUT"], MaxAge: 60 },
        ...{ AllowHeaders: ["x-a"], ExposeHeaders: ["x-b"], AllowCredentials: true },
      },
    });
    const preflight = (origin: string) =>
      ask(id, "/a", {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "PUT" },
      });
    const allowed = await preflight("http://page.test");
    expect(allowed.status).to.equal(204);
    expect(allowed.headers).to.include({
      "access-control-allow-origin": "http://page.test",
      "access-control-allow-methods": "GET,PUT",
      "access-control-allow-headers": "x-a",
      "access-control-allow-credentials": "true",
      "access-control-max-age": "60",
    });
    const foreign = await preflight("http://other.test");
    expect(foreign.status).to.equal(204);
    expect(foreign.headers).to.not.have.property("access-control-allow-origin");
    const { headers } = await ask(id, "/a", { headers: { origin: "http://page.test" } });
    expect(headers).to.include({
      "access-control-allow-origin": "http://page.test",
      "access-control-expose-headers": "x-b",
    });
    const fromOther = await ask(id, "/a", { headers: { origin: "http://other.test" } });
    expect(fromOther.headers).to.not.have.property("access-control-allow-origin");
  });

  it("leaves CORS to its function without a configuration", async () => {
    const id = await cloud.deploy(["ANY /a"]);
    const options = { method: "OPTIONS", headers: { origin: "http://page.test" } };
    expect(JSON.parse((await ask(id, "/a", options)).text)).to.include({ routeKey: "ANY /a" });
  });
});
