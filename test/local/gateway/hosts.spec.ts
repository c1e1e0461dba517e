import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import {
  expectUntouched,
  health,
  host,
  kinds,
  send,
  withCloud,
  type Headers,
} from "./support/access-requests.ts";
import type { RawRequest } from "./support/raw-request.ts";

describe("the names that the gateway goes by", () => {
  let cloud: Cloud;
  const ask = (request: RawRequest, headers: Headers, port = cloud.port) =>
    send(port, request, headers);

  beforeEach(async () => {
    cloud = await startCloud();
  });
  afterEach(() => cloud.close());

  const own = [
    "127.0.0.1",
    "127.0.0.1:4566",
    "127.0.0.53:80",
    "[::1]",
    "[::1]:4566",
    "192.0.2.7:4566",
    "localhost",
    "LocalHost:4566",
    "localhost.:4566",
    "bucket.localhost:4566",
    "localhost.localstack.cloud:4566",
    "sqs.us-east-1.localhost.localstack.cloud:4566",
    "dynamodb.us-east-1.amazonaws.com",
    "sqs.cn-north-1.amazonaws.com.cn",
    "lambda.us-east-1.api.aws",
    "sns.eusc-de-east-1.amazonaws.eu",
  ];
  for (const name of own)
    it(`lets in ${name}`, async () => {
      expect((await ask(health, [["Host", name]])).status).to.equal(200);
    });

  const foreign = [
    "evil.example",
    "evil.example:4566",
    "localhost.evil.example",
    "notlocalhost",
    "127.0.0.1.evil.example",
    "127.0.0.1.nip.io:4566",
    "amazonaws.com.evil.example",
    "evilamazonaws.com",
    "evillocalhost.localstack.cloud",
    "localhost@evil.example",
    "evil.example@localhost",
    "localhost, evil.example",
    "localhost:80:80",
    "localhost:port",
    "[::1",
    "[evil.example]",
    "::1",
    "..localhost",
    "local host",
    "0x7f.1",
    "host.docker.internal",
    "",
  ];
  for (const name of foreign)
    it(`refuses ${JSON.stringify(name)}, which could be a page's`, async () => {
      const answer = await ask(health, [["Host", name]]);
      expect(answer.status).to.equal(403);
      expect(JSON.parse(answer.body)).to.have.property("message").that.contains("Host");
    });

  it("refuses a request that has no Host, or two", async () => {
    const none = await ask(health, []);
    expect([none.status, none.body]).to.deep.equal([
      403,
      '{"message":"The request must have one header Host, and has none."}',
    ]);
    expect((await ask({ ...health, version: "1.0" }, [])).status).to.equal(403);
    const two = await ask(health, [host(cloud.port), ["Host", "evil.example"]]);
    expect([two.status, two.body]).to.deep.equal([
      403,
      '{"message":"The request must have one header Host, and has 2."}',
    ]);
  });

  it("reads the name of a request target in absolute form", async () => {
    const askFor = (target: string, name = "127.0.0.1") => ask({ target }, [["Host", name]]);
    expect((await askFor("http://localhost/_localstack/health")).status).to.equal(200);
    expect((await askFor("HTTP://127.0.0.1:1/_localstack/health?x=1")).status).to.equal(200);
    for (const authority of ["evil.example", "localhost@evil.example", "evil.example@localhost"])
      expect((await askFor(`http://${authority}/_localstack/health`)).status).to.equal(403);
    expect((await askFor("http://localhost/_localstack/health", "evil.example")).status).to.equal(
      403,
    );
  });

  it("does not trust X-Forwarded-Host and Forwarded", async () => {
    const answer = await ask(health, [
      ["Host", "evil.example"],
      ["X-Forwarded-Host", "localhost"],
      ["Forwarded", "host=localhost"],
    ]);
    expect(answer.status).to.equal(403);
  });

  for (const [kind, request] of Object.entries(kinds))
    it(`refuses ${kind} for a rebound name`, async () => {
      expect((await ask(request, [["Host", "evil.example"]])).status).to.equal(403);
      await expectUntouched(cloud);
    });

  it("refuses a deployed API for a rebound name", async () => {
    const targets = ["/_aws/execute-api/abc/dev/x", "/restapis/abc/dev/_user_request_/x"];
    for (const target of targets) {
      const answer = await ask({ target }, [["Host", "evil.example"]]);
      expect(answer.body).to.contain("does not go by the name");
    }
    const byHost = await ask({ target: "/dev/x" }, [["Host", "abc.execute-api.evil.example"]]);
    expect(byHost.body).to.contain("does not go by the name");
  });

  it("goes by the names that it was given", async () => {
    await withCloud({ allowedHosts: ["Host.Docker.Internal", "*.test"] }, async (named) => {
      const statusOf = async (name: string) =>
        (await ask(health, [["Host", name]], named.port)).status;
      expect(await statusOf("host.docker.internal:4566")).to.equal(200);
      expect(await statusOf("a.b.test")).to.equal(200);
      expect(await statusOf("test")).to.equal(403);
      expect(await statusOf("evil.example")).to.equal(403);
    });
  });
});
