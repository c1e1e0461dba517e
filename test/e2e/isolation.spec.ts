import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { clientSettings } from "../support/client-settings.ts";
import { untilMet } from "../support/until-met.ts";
import { type CloudProcess, startCloudProcess } from "./support/start-cloud-process.ts";

describe("drills on one machine, under a shell that is set up for a real account", function () {
  this.timeout(60_000);
  let trap: Server;
  let folder: string;
  const caught: string[] = [];
  const clouds: CloudProcess[] = [];

  before(async () => {
    // A proxy, an AWS endpoint and a metadata service, all of which a drill must never call.
    trap = createServer((request, response) => {
      caught.push(`${String(request.method)} ${String(request.url)}`);
      response.writeHead(500).end("trapped");
    });
    trap.on("connect", (request, socket) => {
      caught.push(`CONNECT ${String(request.url)}`);
      socket.end();
    });
    await new Promise<void>((resolve) => {
      trap.listen(0, "127.0.0.1", resolve);
    });
    const url = `http://127.0.0.1:${String((trap.address() as AddressInfo).port)}`;
    folder = await mkdtemp(join(tmpdir(), "outage-drill-test-"));
    const config = join(folder, "config");
    await writeFile(
      config,
      `[profile production]\nregion = eu-west-3\nendpoint_url = ${url}\naws_access_key_id = AKIAREAL\naws_secret_access_key = real\n`,
    );
    const hostile = {
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_ENDPOINT_URL_SNS: url,
      AWS_PROFILE: "production",
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: config,
      AWS_ACCESS_KEY_ID: "AKIAREAL",
      AWS_SECRET_ACCESS_KEY: "real",
      AWS_SESSION_TOKEN: "real",
      AWS_REGION: "eu-west-3",
      AWS_DEFAULT_REGION: "eu-west-3",
      AWS_CA_BUNDLE: join(folder, "missing.pem"),
      AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_MAX_ATTEMPTS: "1",
      HTTP_PROXY: url,
      HTTPS_PROXY: url,
      http_proxy: url,
      https_proxy: url,
      ALL_PROXY: url,
      NODE_USE_ENV_PROXY: "1",
      NODE_OPTIONS: "--use-env-proxy",
    };
    clouds.push(
      ...(await Promise.all(
        [1, 2].map(() => startCloudProcess([], { ...process.env, ...hostile })),
      )),
    );
  });
  after(async () => {
    const exitCodes = await Promise.all(clouds.map((cloud) => cloud.stop()));
    trap.closeAllConnections();
    await new Promise((resolve) => trap.close(resolve));
    await rm(folder, { recursive: true, force: true });
    expect(exitCodes).to.deep.equal([0, 0]);
  });

  async function post(cloud: CloudProcess, id: string): Promise<string> {
    const answer = await fetch(`${cloud.endpoint}/_aws/execute-api/12345/dev/productApi`, {
      method: "POST",
      body: JSON.stringify({ id, name: "Gadget", price: "1.5", description: "d" }),
    });
    return answer.text();
  }

  async function idsIn(cloud: CloudProcess): Promise<string[]> {
    const client = new DynamoDBClient(clientSettings(cloud.endpoint));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: "Products" }));
    client.destroy();
    return Items.map(({ id }) => id?.S ?? "").sort();
  }

  it("keep to themselves, and call nobody else, in fair weather and in an outage", async () => {
    const [first, second] = clouds;
    if (!first || !second) throw new Error("Two clouds were to be started.");
    expect(await post(first, "of-the-first")).to.equal("Product added/updated successfully.");
    expect(await post(second, "of-the-second")).to.equal("Product added/updated successfully.");
    const setFaults = (rules: object[]) =>
      fetch(`${first.endpoint}/_localstack/chaos/faults`, {
        method: "POST",
        body: JSON.stringify(rules),
      });
    await setFaults([{ service: "dynamodb" }]);
    expect(await post(first, "queued")).to.equal(
      "A DynamoDB error occurred. Message sent to queue.",
    );
    expect(await post(second, "not-queued")).to.equal("Product added/updated successfully.");
    await setFaults([]);
    await untilMet("The queued product in the table", async () =>
      (await idsIn(first)).includes("queued") ? true : undefined,
    );
    expect(await idsIn(first)).to.deep.equal(["of-the-first", "queued"]);
    expect(await idsIn(second)).to.deep.equal(["not-queued", "of-the-second"]);
    expect(caught).to.deep.equal([]);
  });

  it("is something that the trap would have caught", async () => {
    const { port } = trap.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${String(port)}/probe`);
    expect(caught).to.deep.equal(["GET /probe"]);
  });
});
