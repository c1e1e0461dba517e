import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { startUpstreamGateway } from "../../../local/upstream-gateway.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  expectUntouched,
  health,
  host,
  kinds,
  listTables,
  send,
  withCloud,
  type Headers,
} from "./support/access-requests.ts";
import type { RawRequest } from "./support/raw-request.ts";

describe("web pages at the gateway", () => {
  let cloud: Cloud;
  const ask = (request: RawRequest, headers: Headers, port = cloud.port) =>
    send(port, request, headers);

  beforeEach(async () => {
    cloud = await startCloud();
  });
  afterEach(() => cloud.close());

  const marks: Record<string, Headers> = {
    "another site": [["Origin", "http://evil.example"]],
    "another port": [["Origin", "http://127.0.0.1:3000"]],
    "localhost's port 3000": [["Origin", "http://localhost:3000"]],
    "a sandbox": [["Origin", "null"]],
    "an empty origin": [["Origin", ""]],
    "an extension": [["Origin", "chrome-extension://abcdefghijklmnop"]],
    "a referring page": [["Referer", "http://evil.example/page"]],
    "a referring page of another port": [["Referer", "http://127.0.0.1:3000/"]],
    "a page that is no address": [["Referer", "about:blank"]],
    "another site without a referrer": [["Sec-Fetch-Site", "cross-site"]],
    "the same site without a referrer": [["Sec-Fetch-Site", "same-site"]],
    "a page of the endpoint itself": [["Sec-Fetch-Site", "same-origin"]],
    "a kind of site that is new": [["Sec-Fetch-Site", "near-site"]],
    "two kinds of site": [
      ["Sec-Fetch-Site", "none"],
      ["Sec-Fetch-Site", "cross-site"],
    ],
  };
  for (const [page, headers] of Object.entries(marks))
    for (const [kind, request] of Object.entries(kinds))
      it(`refuses ${kind} to ${page}`, async () => {
        const answer = await ask(request, [host(cloud.port), ...headers]);
        expect(answer.status).to.equal(403);
        expect(answer.body).to.contain("does not answer web pages").and.contain("--allow-origin");
        expect(answer.headers).not.to.have.property("access-control-allow-origin");
        await expectUntouched(cloud);
      });

  it("carries out the same requests of programs", async () => {
    const { "the Chaos API": faults = health, ...others } = kinds;
    for (const request of Object.values(others)) await ask(request, [host(cloud.port)]);
    const ofProgram = async (request: RawRequest) => (await ask(request, [host(cloud.port)])).body;
    expect(await ofProgram(listTables)).to.contain("planted");
    expect(await ofProgram({ target: "/restapis" })).to.contain("planted");
    const roles = { target: "/?Action=ListRoles&Version=2010-05-08" };
    expect(await ofProgram(roles)).to.contain("planted");
    expect(await ofProgram(faults)).to.equal('[{"service":"dynamodb"}]');
  });

  it("refuses the endpoint's own origin, where a deployed API may serve HTML", async () => {
    const headers: Headers = [host(cloud.port), ["Origin", cloud.endpoint]];
    const answer = await ask(listTables, headers);
    expect(answer.status).to.equal(403);
    expect(answer.body).to.contain(`--allow-origin ${cloud.endpoint}.`);
  });

  it("looks at every value of Origin and Referer", async () => {
    for (const name of ["Origin", "Referer"]) {
      await withCloud({ allowedOrigins: ["http://localhost:3000"] }, async (open) => {
        const headers: Headers = [
          host(open.port),
          [name, "http://localhost:3000"],
          [name, "http://evil.example"],
        ];
        expect((await ask(listTables, headers, open.port)).status).to.equal(403);
      });
    }
  });

  it("answers in the form that an SDK of the called service reads", async () => {
    const evil = { Origin: "http://evil.example" };
    const settings = clientSettings(cloud.endpoint);
    const dynamodb = new DynamoDBClient(settings);
    const iam = new IAMClient(settings);
    for (const client of [dynamodb, iam])
      client.middlewareStack.add(
        (next) => (args) => {
          Object.assign((args.request as { headers: object }).headers, evil);
          return next(args);
        },
        { step: "build" },
      );
    const message = /does not answer web pages.*--allow-origin http:\/\/evil\.example/;
    const json: unknown = await dynamodb.send(new ListTablesCommand({})).catch((e: unknown) => e);
    expect(json).to.have.property("name", "AccessDeniedException");
    expect(json).to.have.property("message").that.matches(message);
    const xml: unknown = await iam.send(new ListUsersCommand({})).catch((e: unknown) => e);
    expect(xml).to.have.property("name", "AccessDenied");
    expect(xml).to.have.property("message").that.matches(message);
  });

  it("does not run a call that a link carries", async () => {
    const role = kinds["a query operation by GET"] ?? health;
    const browser = ["User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"] as const;
    const links: Headers[] = [
      [host(cloud.port), ["Sec-Fetch-Site", "none"]],
      [["Host", "localhost.localstack.cloud:4566"], browser],
      [host(cloud.port), browser],
    ];
    for (const headers of links) {
      const answer = await ask(role, headers);
      expect(answer.status).to.equal(403);
      expect(answer.body).to.contain("A link in a browser cannot make an AWS call");
    }
    const functions = { target: "/2015-03-31/functions" };
    const unknown = await ask(functions, [["Host", "localhost.localstack.cloud"], browser]);
    expect(unknown.body).to.contain("Use 127.0.0.1 or localhost");
    await expectUntouched(cloud);
  });

  it("lets a person look", async () => {
    const none = ["Sec-Fetch-Site", "none"] as const;
    expect((await ask(health, [host(cloud.port), none])).status).to.equal(200);
    const faults = { target: "/_localstack/chaos/faults" };
    expect((await ask(faults, [host(cloud.port), none])).status).to.equal(200);
  });

  it("lets in what programs send", async () => {
    const programs: Headers[] = [
      [["User-Agent", "curl/8.5.0"]],
      [["Sec-Fetch-Mode", "cors"]],
      [
        ["User-Agent", "aws-cli/2.17 md/awscrt"],
        ["Authorization", "AWS4-HMAC-SHA256 Credential=t/20260101/us-east-1/dynamodb/aws4_request"],
      ],
    ];
    for (const headers of programs)
      expect((await ask(listTables, [host(cloud.port), ...headers])).status).to.equal(200);
    const get = "/?Action=ListRoles&Version=2010-05-08";
    expect((await fetch(cloud.endpoint + get)).status).to.not.equal(403);
    const answer = await fetch(cloud.endpoint, {
      method: "POST",
      body: "{}",
      headers: { "x-amz-target": "DynamoDB_20120810.ListTables" },
    });
    expect(answer.status).to.equal(200);
  });

  it("leaves deployed APIs to their own rules", async () => {
    const evil = ["Origin", "http://evil.example"] as const;
    const byPath = await ask({ target: "/_aws/execute-api/abc/dev/x" }, [host(cloud.port), evil]);
    expect(byPath.body).not.to.contain("web pages");
    const name = "abc.execute-api.localhost.localstack.cloud";
    const byHost = await ask({ target: "/dev/x" }, [["Host", name], evil]);
    expect(byHost.body).not.to.contain("web pages");
  });

  it("reaches nothing else through the address of a deployed API", async () => {
    const name = "abc.execute-api.localhost";
    for (const request of Object.values(kinds)) {
      await ask(request, [
        ["Host", name],
        ["Origin", "http://evil.example"],
      ]);
      const target = `/_aws/execute-api/abc/dev${request.target ?? "/"}`;
      await ask({ ...request, target }, [host(cloud.port), ["Origin", "http://evil.example"]]);
    }
    const notQuite = { method: "POST", target: "/restapis/abc/dev/_user_request_x", body: "{}" };
    expect((await ask(notQuite, [host(cloud.port), ["Origin", "null"]])).status).to.equal(403);
    await expectUntouched(cloud);
  });
  it("stands in front of another endpoint as well, its deployed APIs among it", async () => {
    const gateway = await startUpstreamGateway(new URL(cloud.endpoint));
    try {
      const evil: Headers = [host(cloud.port), ["Origin", "http://evil.example"]];
      const deployed = { target: "/_aws/execute-api/abc/dev/x" };
      for (const request of [...Object.values(kinds), deployed]) {
        expect((await ask(request, evil, gateway.port)).status).to.equal(403);
        const rebound = await ask(request, [["Host", "evil.example"]], gateway.port);
        expect(rebound.status).to.equal(403);
      }
      await expectUntouched(cloud);
      expect((await ask(listTables, [host(cloud.port)], gateway.port)).status).to.equal(200);
    } finally {
      await gateway.close();
    }
  });
});
