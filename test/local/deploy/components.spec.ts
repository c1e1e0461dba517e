import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { deploy } from "../../../local/deploy/deploy.ts";
import { failureOf } from "../../support/failure-of.ts";
import { send } from "../apigateway/send.ts";

interface Outputs {
  readonly url: string;
  readonly apiName: string;
  readonly stageName: string;
}

const programUrl = new URL("programs/components/index.ts", import.meta.url);

describe("the component RestAPI", () => {
  let cloud: Cloud;
  const created: { type: unknown; name: unknown }[] = [];
  before(async () => (cloud = await startCloud()));
  after(() => cloud.close());

  const run = (name: string) =>
    deploy<Outputs>({
      programUrl,
      stack: "local",
      endpoint: cloud.endpoint,
      config: { case: name },
      log: ({ type, name: resource }) => created.push({ type, name: resource }),
    });

  it("is created from its resources, under the names that its plugin gives them", async () => {
    const { url, apiName, stageName } = (await run("served")).outputs;
    expect([apiName, stageName]).to.deep.equal(["api", "v1"]);
    expect(url).to.match(/^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/v1\/$/);
    expect(created).to.deep.include.members([
      { type: "aws:apigateway/restApi:RestApi", name: "api" },
      { type: "aws:apigateway/deployment:Deployment", name: "api" },
      { type: "aws:apigateway/stage:Stage", name: "api" },
      // SHA-1 of `POST/orders` and of `*/files/{proxy+}`, eight digits.
      { type: "aws:lambda/permission:Permission", name: "api-a39fdf51" },
      { type: "aws:lambda/permission:Permission", name: "api-fe6e62da" },
    ]);
    const { host } = new URL(url);
    const ask = (path: string, method: string, body = "") =>
      send(cloud.port, path, { method, body, headers: { host } });
    const posted = await ask("/v1/orders", "POST", "{}");
    expect([posted.status, JSON.parse(posted.text)]).to.deep.equal([
      200,
      {
        httpMethod: "POST",
        path: "/orders",
        pathParameters: null,
        body: "e30=",
        isBase64Encoded: true,
      },
    ]);
    const greedy = await ask("/v1/files/a/b", "DELETE");
    expect(JSON.parse(greedy.text)).to.deep.include({ pathParameters: { proxy: "a/b" } });
    expect((await ask("/v1/named", "GET")).status).to.equal(200);
    const missing = await ask("/v1/nowhere", "GET");
    expect([missing.status, missing.text]).to.deep.equal([404, '{"message": "404 Not found" }']);
  });

  it("is refused with all that is not applied, by name", async () => {
    const { message } = await failureOf(run("refused"));
    const refused = /^Resource api \(aws-apigateway:index:RestAPI\): the input "([^"]+)"/gm;
    expect([...message.matchAll(refused)].map(([, input]) => input)).to.have.members([
      "requestValidator",
      "routes.0.localPath",
      "routes.0.contentType",
      "routes.1.authorizers",
      "routes.2.eventHandler",
      "routes.3.target",
    ]);
  });
});
