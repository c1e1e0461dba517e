import { expect } from "chai";
import { deployApi } from "./deploy-api.ts";
import { send } from "./send.ts";
import { startApiGateway, type RunningApiGateway } from "./start-api-gateway.ts";

describe("API Gateway, given bad input,", () => {
  let cloud: RunningApiGateway;
  let apiId: string;
  let rootId: string;
  before(async () => {
    cloud = await startApiGateway();
    ({ apiId, rootId } = await deployApi(cloud.client, ["GET /{proxy+}", "GET /"]));
  });
  after(() => cloud.close());
  afterEach(() => {
    expect(cloud.log.filter(({ event }) => event === "internal-failure")).to.deep.equal([]);
  });

  const bodies: Record<string, string | Buffer> = {
    "no JSON": "{",
    "a list": "[]",
    null: "null",
    bytes: Buffer.from([0, 255, 254, 1]),
    "members of other types": JSON.stringify({
      ...{ name: 1, tags: "x", patchOperations: 7, variables: [1], stageName: {}, pathPart: [] },
      ...{ type: 5, authorizationType: false, endpointConfiguration: 3, binaryMediaTypes: {} },
    }),
    "patch operations of other types": JSON.stringify({
      patchOperations: [null, 1, { op: 1 }, { op: "replace", path: {} }],
    }),
    "patches of unknown paths": JSON.stringify({
      patchOperations: [{ op: "replace", path: "/__proto__/constructor/a/b", value: "x" }],
    }),
    "names of an object's own":
      '{"__proto__":{"x":1},"constructor":2,"patchOperations":[{"op":"add","path":"/constructor"}]}',
  };
  for (const [kind, body] of Object.entries(bodies))
    it(`answers 4xx to ${kind}`, async () => {
      const api = `/restapis/${apiId}`;
      const calls = [
        ["POST", "/restapis"],
        ["PATCH", api],
        ["POST", `${api}/resources/${rootId}`],
        ["PATCH", `${api}/resources/${rootId}`],
        ["PUT", `${api}/resources/${rootId}/methods/PUT`],
        ["PATCH", `${api}/resources/${rootId}/methods/GET`],
        ["PUT", `${api}/resources/${rootId}/methods/GET/integration`],
        ["PATCH", `${api}/resources/${rootId}/methods/GET/integration`],
        ["POST", `${api}/stages`],
        ["PATCH", `${api}/stages/dev`],
      ];
      for (const [method = "", path = ""] of calls) {
        const { status, text } = await send(cloud.port, path, { method, body });
        expect([method, path, Math.floor(status / 100)]).to.deep.equal([method, path, 4]);
        expect(JSON.parse(text)).to.have.property("message").that.is.a("string").and.not.empty;
      }
    });

  it("answers 400 to a path of broken percent-encoding", async () => {
    const { status } = await send(cloud.port, "/restapis/%zz");
    expect(status).to.equal(400);
  });

  it("answers 404 to paths that it does not have", async () => {
    const signed = "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/apigateway/aws4_request";
    const headers = { authorization: `${signed}, SignedHeaders=host, Signature=0` };
    for (const path of ["/", "/restapis/a/b/c/d", "/usageplans", "/restapis//stages"]) {
      const { status, text } = await send(cloud.port, path, { headers });
      expect([path, status]).to.deep.equal([path, 404]);
      expect(text).to.contain("apigateway has no operation");
    }
  });

  it("hands on to a function whatever path a greedy parameter takes", async () => {
    const paths = ["/a%", "/%00", "/..%2f..%2fetc", "/%C3%A4", `/${"a".repeat(8000)}`];
    for (const path of paths) {
      const { status } = await send(cloud.port, `/_aws/execute-api/${apiId}/dev${path}`);
      expect([path, status]).to.deep.equal([path, 200]);
    }
  });

  it("answers requests to half an address", async () => {
    const halves = ["/_aws/execute-api/", "/_aws/execute-api//", `/_aws/execute-api/${apiId}`];
    for (const path of halves) {
      const { status } = await send(cloud.port, path);
      expect([path, status]).to.deep.equal([path, 404]);
    }
    const host = { host: ".execute-api.localhost" };
    expect((await send(cloud.port, "/dev", { headers: host })).status).to.be.within(400, 499);
  });
});
