import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect } from "chai";
import { isolateFromShell } from "../../local/isolate-from-shell.ts";
import { endpointOf, startCli } from "./cli/start-cli.ts";

describe("isolateFromShell", function () {
  this.timeout(60_000);

  it("takes out what can send a call elsewhere or sign it with a real key", () => {
    const env = {
      AWS_ACCESS_KEY_ID: "AKIAREAL",
      AWS_PROFILE: "production",
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL: "https://example.com",
      AWS_CA_BUNDLE: "/ca.pem",
      AWS_CONFIG_FILE: "/home/me/.aws/config",
      HTTP_PROXY: "http://proxy",
      https_proxy: "http://proxy",
      all_proxy: "http://proxy",
      no_proxy: "localhost",
      NODE_USE_ENV_PROXY: "1",
      NODE_EXTRA_CA_CERTS: "/ca.pem",
      NODE_OPTIONS: "--use-env-proxy --enable-source-maps",
      PATH: "/bin",
    };
    isolateFromShell(env);
    expect(env).to.deep.equal({
      AWS_CONFIG_FILE: "/dev/null/none",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null/none",
      AWS_EC2_METADATA_DISABLED: "true",
      NODE_OPTIONS: "--enable-source-maps",
      PATH: "/bin",
    });
  });

  it("takes a proxy that Node started with out of fetch and of the global agents", async () => {
    const module = new URL("../../local/isolate-from-shell.ts", import.meta.url).href;
    const program = `
      import http from "node:http";
      import { isolateFromShell } from ${JSON.stringify(module)};
      isolateFromShell(process.env);
      const server = http.createServer((request, response) => response.end("direct"));
      server.listen(0, "127.0.0.1", async () => {
        const url = "http://127.0.0.1:" + server.address().port;
        http.get(url, async (response) => {
          const [chunk] = await response.toArray();
          console.log(String(chunk), await (await fetch(url)).text());
          process.exit();
        });
      });`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--use-env-proxy", "--input-type=module", "--eval", program],
      // Nothing listens on the discard port, so that a call through the proxy fails.
      { env: { ...process.env, HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "" } },
    );
    expect(stdout).to.equal("direct direct\n");
  });

  it("keeps the whole embedded cloud off a proxy and off another endpoint", async () => {
    const hits: string[] = [];
    const elsewhere = createServer((request, response) => {
      hits.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.writeHead(502).end();
    });
    elsewhere.on("connect", (request, socket) => {
      hits.push(`CONNECT ${request.url ?? ""}`);
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    elsewhere.listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    const address = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
    try {
      const cli = startCli(["--port", "0"], {
        ...{ NODE_USE_ENV_PROXY: "1", HTTP_PROXY: address, http_proxy: address },
        ...{ HTTPS_PROXY: address, https_proxy: address, ALL_PROXY: address },
        ...{ NO_PROXY: "", no_proxy: "" },
        ...{ AWS_ENDPOINT_URL: address, AWS_ENDPOINT_URL_DYNAMODB: address },
        ...{ AWS_PROFILE: "production", AWS_REGION: "eu-west-1", AWS_USE_FIPS_ENDPOINT: "true" },
        ...{ AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" },
      });
      const stdout = await cli.ready;
      const url = /^API: (\S+)$/m.exec(stdout)?.[1] ?? endpointOf(stdout);
      const product = { id: "p", name: "n", price: "1", description: "d" };
      const post = await fetch(url, { method: "POST", body: JSON.stringify(product) });
      expect(await post.text()).to.equal("Product added/updated successfully.");
      const get = await fetch(`${url}?id=p`);
      expect(await get.json()).to.include({ id: "p" });
      cli.kill("SIGTERM");
      await cli.exited;
      expect(hits).to.deep.equal([]);
    } finally {
      elsewhere.close();
    }
  });
});
