import { expect } from "chai";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { whyNotReady } from "../../command-line/why-not-ready.js";
import { runCommand } from "../support/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const timeoutMs = 30_000;

describe("a first mistake", function () {
  this.timeout(60_000);

  /** Runs a script of package.json's as npm does, with the variables that npm sets. */
  function npmRun(command: readonly string[], env: Readonly<Record<string, string>>) {
    return runCommand(process.execPath, command, {
      ...{ cwd: project, timeoutMs },
      env: { ...process.env, ...env },
    });
  }

  for (const [script, command, env, sentence] of [
    ["chaos", ["chaos/start.js"], { npm_config_json: "true" }, "chaos -- --json."],
    ["chaos", ["chaos/start.js"], { npm_config_only: "outage" }, "chaos -- --only."],
    ["chaos", ["chaos/start.js", "7"], { npm_config_seed: "true" }, "chaos -- --seed 7."],
    ["chaos", ["chaos/start.js"], { npm_config_dry_run: "true" }, "chaos -- --dry-run."],
    ["cloud", ["local/start.js", "4577"], { npm_config_port: "true" }, "cloud -- --port 4577."],
    ["policy", ["command/start.js", "policy"], { npm_config_json: "true" }, "policy -- --json."],
    [
      "redrive",
      ["command/start.js", "redrive", "x"],
      { npm_config_endpoint: "true" },
      "redrive -- --endpoint x.",
    ],
  ] as const)
    it(`of the missing -- is named: npm run ${script} ${Object.keys(env).join(" ")}`, async () => {
      const run = await npmRun(command, { npm_lifecycle_event: script, ...env });
      expect(run.output).to.match(/^npm took --\S+ for one of its options: put -- in front, /);
      expect(run.output).to.include(`npm run ${sentence}\n`);
      expect(run.output.trimEnd()).not.to.include("\n");
      expect(run.exitCode).to.equal(3);
    });

  it("is none where npm's variables are another script's, or the option is given after --", async () => {
    const other = { npm_lifecycle_event: "test", npm_config_json: "true" };
    expect((await npmRun(["chaos/start.js", "--version"], other)).exitCode).to.equal(0);
    const given = { npm_lifecycle_event: "chaos", npm_config_json: "true" };
    const run = await npmRun(["chaos/start.js", "--json", "--list"], given);
    expect(JSON.parse(run.output)).to.be.an("array").that.is.not.empty;
  });

  for (const [script, ...command] of [
    ["chaos", "chaos/start.js"],
    ["cloud", "local/start.js"],
    ["policy", "command/start.js", "policy"],
    ["bench", "--import", "./command-line/assert-ready.js", "bench/run.ts"],
  ])
    it(`of starting without npm ci is named by npm run ${String(script)}`, async () => {
      await using folder = await temporaryFolder();
      for (const name of ["chaos", "command", "command-line", "local", "bench", "package.json"])
        await cp(join(project, name), join(folder.path, name), { recursive: true });
      await writeFile(join(folder.path, "package-lock.json"), "{}");
      const run = await runCommand(process.execPath, command, {
        ...{ cwd: folder.path, env: process.env, timeoutMs },
      });
      expect(run.output).to.match(
        /^The packages of this project are not installed \(\S+ is missing\): run npm ci first, in \S+\.\n$/,
      );
      expect(run.exitCode).to.equal(3);
    });

  it("of an old Node.js is named, with what to do in a checkout and in a package", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "package.json"), '{"dependencies":{"a":"1"}}');
    expect(whyNotReady(folder.path, "20.20.2")).to.match(
      /^outage-drill needs Node\.js 22\.19 or newer, and this is 20\.20\.2: /,
    );
    await writeFile(join(folder.path, "package-lock.json"), "{}");
    expect(whyNotReady(folder.path, "20.20.2")).to.include("(a is missing): run npm ci first");
    await mkdir(join(folder.path, "node_modules/a"), { recursive: true });
    await writeFile(join(folder.path, "node_modules/a/package.json"), "{}");
    expect(whyNotReady(folder.path, "20.20.2")).to.match(/^This is Node\.js 20\.20\.2, .*npm run /);
    expect(whyNotReady(folder.path, "24.0.0")).to.equal(undefined);
  });

  it("of giving mocha no spec is named", async () => {
    const mocha = join(project, "node_modules/mocha/bin/mocha.js");
    const run = await npmRun([mocha], {});
    expect(run.output).to.match(/^Give mocha the specs to run, such as npx mocha '[^\n]*\n$/);
    expect(run.exitCode).to.equal(3);
  });

  for (const [command, ...args] of [
    ["run", "--no-such"],
    ["run", "outage"],
    ["run", "--reports", "/proc/none"],
    ["cloud", "--no-such"],
    ["policy", "--no-such"],
    ["redrive", "--no-such"],
    ["init", "--no-such"],
    ["doctor", "--no-such"],
  ])
    it(`exits with 3 and one sentence: outage-drill ${[command, ...args].join(" ")}`, async () => {
      const run = await npmRun(["command/start.js", String(command), ...args], {});
      expect(run.output).to.match(/^[^\n]+\n$/);
      expect(run.exitCode).to.equal(3);
    });
});
