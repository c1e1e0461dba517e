import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { neededNode } from "../../command-line/needed-node.js";
import { clientSettings } from "../support/client-settings.ts";
import { type InstalledPackage, installPackage } from "./installed-package.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe("the package, installed from its tarball into an empty folder", function () {
  this.timeout(900_000);

  let installed: InstalledPackage;
  let manifest: Manifest;

  before(async () => {
    manifest = JSON.parse(await readFile(path.join(project, "package.json"), "utf8")) as Manifest;
    installed = await installPackage();
  });

  after(() => installed[Symbol.asyncDispose]());

  it("installs without a complaint about versions", () => {
    expect(installed.installation).to.not.match(/EBADENGINE|ERESOLVE|deprecated/);
  });

  it("prints its version and its help", async () => {
    expect(await installed.outageDrill("--version")).to.deep.equal({
      exitCode: 0,
      output: `${manifest.version}\n`,
    });
    const { output } = await installed.outageDrill("--help");
    expect(output).to.contain("Usage: npx outage-drill COMMAND [options]");
    for (const command of ["run", "cloud", "policy", "redrive", "init", "doctor"]) {
      const help = await installed.outageDrill(command, "--help");
      expect(help.output).to.match(
        new RegExp(`^(Usage: )?npx outage-drill ${command} \\[options\\]`),
      );
      expect(help.exitCode, command).to.equal(0);
    }
  });

  it("starts an empty cloud where there is no program, clean of the user's environment", async () => {
    const cloud = await installed.startCloud({ args: ["--port", "0"] });
    try {
      expect(cloud.lines).to.deep.equal([
        "Empty: there is no Pulumi.yaml in this folder; --program DIR deploys a program.",
      ]);
      const health = await fetch(`${cloud.endpoint}/_localstack/health`);
      expect(health.status).to.equal(200);
      expect(await health.json()).to.include({ edition: "outage-drill" });
      const client = new DynamoDBClient(clientSettings(cloud.endpoint));
      expect((await client.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
      client.destroy();
    } finally {
      expect(await cloud.stop()).to.equal(0);
    }
  });

  it("runs the pack of policies, and drafts a workload that type-checks", async () => {
    await cp(path.join(project, "test/command/programs/counter"), installed.folder, {
      recursive: true,
    });
    const versions = ["@pulumi/pulumi", "@pulumi/aws"].map(
      (name) => `${name}@${manifest.dependencies[name] ?? ""}`,
    );
    const install = ["install", "--no-audit", "--no-fund", ...versions];
    expect(await installed.run("npm", ...install)).to.include({ exitCode: 0 });
    const policy = await installed.outageDrill("policy");
    expect(policy.output)
      .to.contain("table-is-encrypted")
      .and.to.match(/\nstack dev: \d+ rules, \d+ violations\n$/);
    expect(policy.exitCode).to.equal(1);
    const before = await installed.outageDrill("doctor");
    expect(before.output)
      .to.contain("✔ Program: counter, index.ts.\n")
      .and.to.contain("✘ Workload");
    expect(before.exitCode).to.equal(1);
    const init = await installed.outageDrill("init");
    expect(init.output).to.contain("drill/workload.ts: drafted, with 4 open points.");
    const after = await installed.outageDrill("doctor");
    expect(after.output).to.contain("✘ Workload: drill/workload.ts has 4 open points: say ");
    expect(after.exitCode).to.equal(1);
    await writeFile(
      path.join(installed.folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: { strict: true, module: "nodenext", noEmit: true, types: ["node"] },
        include: ["drill"],
      }),
    );
    const compiler = path.join(project, "node_modules/typescript/bin/tsc");
    expect(await installed.run(process.execPath, compiler, "-p", ".")).to.deep.equal({
      exitCode: 0,
      output: "",
    });
  });

  it("drills a program in its folder, as npm run chaos does", async () => {
    const program = ["Pulumi.yaml", "Pulumi.local.yaml", "index.ts", "infra", "functions"];
    for (const name of [...program, "chaos/experiments"])
      await cp(path.join(project, name), path.join(installed.folder, name), { recursive: true });
    // With a workload of its own, another application would be drilled.
    await rm(path.join(installed.folder, "drill"), { recursive: true, force: true });
    await installed.run("npm", "pkg", "set", "type=module");
    const packages = Object.entries(manifest.dependencies)
      .filter(([name]) => /^(esbuild|zod|@aws-lambda-powertools|@aws-sdk)/.test(name))
      .map(([name, version]) => `${name}@${version}`);
    const install = ["install", "--no-audit", "--no-fund", ...packages];
    expect(await installed.run("npm", ...install)).to.include({ exitCode: 0 });
    const { exitCode, output } = await installed.outageDrill("run", "--only", "total-outage");
    expect(output).to.match(/✔ 1 of 1 held: \d+ acknowledged writes, all safe\.\n/);
    expect(exitCode).to.equal(0);
    const reports = await readdir(path.join(installed.folder, "reports", "latest"));
    expect(reports).to.include.members([
      "chaos.json",
      "report.html",
      "total-outage.journal.json",
      "cloud.log",
    ]);
  });

  it("runs on the oldest Node.js that it says it runs on", async () => {
    const install = ["install", "--no-audit", "--no-fund", `node@${neededNode}`];
    expect(await installed.run("npm", ...install)).to.include({ exitCode: 0 });
    const node = path.join(installed.folder, "node_modules/node/bin/node");
    expect(await installed.run(node, "--version")).to.include({ output: `v${neededNode}\n` });
    const cloud = await installed.startCloud({ node, args: ["--port", "0", "--no-deploy"] });
    try {
      expect((await fetch(`${cloud.endpoint}/_localstack/health`)).status).to.equal(200);
    } finally {
      expect(await cloud.stop()).to.equal(0);
    }
    expect(cloud.complaints()).to.equal("");
    const start = "node_modules/outage-drill/command/start.js";
    const { output } = await installed.run(node, start, "policy", "--stack", "local");
    expect(output).to.match(/^stack local: \d+ rules, 0 violations\n$/);
  });

  it("refuses to start on a Node.js that is too old, in one sentence", async function () {
    const old = "/usr/bin/node";
    const version = await installed.run(old, "--version").catch(() => ({ output: "v24" }));
    if (Number(/^v(\d+)/.exec(version.output)?.[1] ?? 24) >= 22) this.skip();
    const bin = "node_modules/outage-drill/command/start.js";
    const { exitCode, output } = await installed.run(old, bin, "cloud");
    expect(output).to.match(/^outage-drill needs Node\.js 22\.19 or newer, and this is [^\n]*\n$/);
    expect(exitCode).to.equal(3);
  });
});
