import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { endpointOf, startCli } from "./start-cli.ts";

describe("npm run cloud", function () {
  this.timeout(60_000);

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`stops with exit code 0 on ${signal}`, async () => {
      const cli = startCli(["--port", "0", "--no-deploy"]);
      await cli.ready;
      cli.kill(signal);
      expect(await cli.exited).to.deep.include({ code: 0, stderr: "" });
    });
  }

  it("stops with exit code 0 while it is starting", async () => {
    const cli = startCli(["--port", "0", "--verbose"]);
    await cli.started;
    cli.kill("SIGTERM");
    const { code, stdout } = await cli.exited;
    expect(code).to.equal(0);
    expect(stdout).to.equal("");
  });

  it("prints an example that works, and last the ready line", async () => {
    const cli = startCli(["--port", "0"]);
    const stdout = await cli.ready;
    const lines = stdout.trimEnd().split("\n");
    expect(lines).to.have.length(3);
    expect(lines[0]).to.match(/^API: http:\/\/127\.0\.0\.1:\d+\/.*\/productApi$/);
    expect(lines[2]).to.match(/^Ready on http:\/\/127\.0\.0\.1:\d+$/);
    const example = lines[1]?.replace("Try: curl", "curl --silent") ?? "";
    const answer = await promisify(execFile)("sh", ["-c", example]);
    expect(answer.stdout).to.equal("Product added/updated successfully.");
    cli.kill("SIGTERM");
    expect((await cli.exited).code).to.equal(0);
  });

  it("starts empty with --no-deploy", async () => {
    const cli = startCli(["--port", "0", "--no-deploy"]);
    const stdout = await cli.ready;
    const client = new DynamoDBClient(clientSettings(endpointOf(stdout)));
    expect((await client.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
    expect(stdout.split("\n")).to.have.length(2);
    cli.kill("SIGTERM");
    await cli.exited;
  });

  it("prints the seed that it was given above the ready line", async () => {
    const cli = startCli(["--port", "0", "--no-deploy", "--seed", "monday 7"]);
    expect(await cli.ready).to.match(/^Seed: monday 7\nReady on http:\S+\n$/);
    cli.kill("SIGTERM");
    await cli.exited;
  });

  it("writes the outputs to a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "outage-drill-"));
    try {
      const file = join(folder, "outputs.json");
      const cli = startCli(["--port", "0", "--outputs", file]);
      const endpoint = endpointOf(await cli.ready);
      const outputs = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
      expect(outputs).to.include({ productsTableName: "Products", region: "us-east-1" });
      expect(outputs["productApiUrl"]).to.contain(endpoint);
      cli.kill("SIGTERM");
      await cli.exited;
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("says in one sentence that a port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const port = String((other.address() as AddressInfo).port);
    try {
      expect(await startCli(["--port", port]).exited).to.deep.equal({
        code: 3,
        stdout: "",
        stderr:
          `Port ${port} on 127.0.0.1 is taken: ` +
          "stop what listens there, or choose another with --port N.\n",
      });
    } finally {
      other.close();
    }
  });

  const wrong: [string[], string][] = [
    [["--prot", "1"], "Unknown option '--prot'; did you mean --port?"],
    [["--fast"], "Unknown option '--fast'; npm run cloud -- --help lists the options."],
    [["4566"], "Unexpected argument '4566'; npm run cloud -- --help lists the options."],
    [["--port", "65536"], "--port 65536 is not a port: give a number from 0 to 65535."],
    [["--port", "http"], "--port http is not a port: give a number from 0 to 65535."],
    [
      ["--host", "0.0.0.0"],
      "--host 0.0.0.0 can be reached from other machines, which could run code here: " +
        "use 127.0.0.1, or add --allow-remote if that is what you want.",
    ],
    [
      ["--no-deploy", "--outputs", "o.json"],
      "--outputs needs the stack: take out --no-deploy or --upstream.",
    ],
    [
      ["--no-deploy", "--program", "."],
      "--program is for a deployment: take out --no-deploy or --upstream.",
    ],
    [
      ["--config", "region"],
      "--config region sets nothing: give a key and a value, such as aws:region=eu-west-1.",
    ],
  ];
  for (const [args, sentence] of wrong) {
    it(`refuses ${args.join(" ")}`, async () => {
      expect(await startCli(args).exited).to.deep.equal({
        code: 3,
        stdout: "",
        stderr: `${sentence}\n`,
      });
    });
  }

  it("deploys another program, and prints its outputs", async () => {
    const program = fileURLToPath(new URL("../deploy/programs/ordinary/modules/", import.meta.url));
    const settings = ["--config", "seconds=33", "--config", "aws:region=eu-north-1"];
    const cli = startCli(["--port", "0", "--program", program, ...settings]);
    const lines = (await cli.ready).trimEnd().split("\n");
    expect(lines.slice(0, -1)).to.include.members([
      "region: eu-north-1",
      "seconds: 33",
      "stack: dev",
      'tags: {"owner":"someone"}',
    ]);
    expect(lines.at(-1)).to.match(/^Ready on http:/);
    cli.kill("SIGTERM");
    const { code, stdout, stderr } = await cli.exited;
    expect(code).to.equal(0);
    expect(stderr).to.contain("printed by the program");
    expect(stdout).not.to.contain("printed by the program");
  });

  it("takes the stack and the old runtimes that are asked for", async () => {
    const program = fileURLToPath(new URL("../deploy/programs/ordinary/modules/", import.meta.url));
    const named = ["--deploy-stack", "other", "--config", "modules:seconds=5"];
    const cli = startCli(["--port", "0", "--program", program, ...named, "--run-old-runtimes"]);
    expect(await cli.ready).to.contain("stack: other\n");
    cli.kill("SIGTERM");
    await cli.exited;
  });

  it("says what is in the way of a program", async () => {
    const program = fileURLToPath(new URL("../deploy/programs/ordinary/", import.meta.url));
    const { code, stdout, stderr } = await startCli(["--port", "0", "--program", program]).exited;
    expect({ code, stdout }).to.deep.equal({ code: 3, stdout: "" });
    expect(stderr).to.contain(
      `There is no Pulumi.yaml in ${resolve(program)}: give the folder of a Pulumi program.\n`,
    );
  });

  it("prints its help", async () => {
    const { code, stdout } = await startCli(["--help"]).exited;
    expect(code).to.equal(0);
    expect(stdout).to.contain("--allow-remote");
  });
});
