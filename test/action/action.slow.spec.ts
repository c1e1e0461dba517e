import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import type { Summary } from "../../chaos/report/summary.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { actionPath, runAction } from "./run-action.ts";

const run = promisify(execFile);

describe("action.yml, in another repository", function () {
  this.timeout(900_000);

  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let workspace = "";

  before(async () => {
    folder = await temporaryFolder();
    workspace = join(folder.path, "repository");
    await mkdir(workspace);
    await cp(join(actionPath, "examples/counter"), join(workspace, "app"), { recursive: true });
    await run("git", ["init", "--quiet"], { cwd: workspace });
  });

  after(() => folder[Symbol.asyncDispose]());

  it("installs, drills, names what does not hold, and fails", async () => {
    const { exitCode, outputs, log, summary, ran } = await runAction({
      workspace,
      temporary: join(folder.path, "first"),
      inputs: { "working-directory": "app", only: "dynamodb-slow" },
      eventName: "push",
      outputsOfUsed: { all: { "artifact-url": "https://example.org/all" } },
    });
    expect(exitCode, log).to.equal(1);
    expect(outputs.outcome).to.equal("not-held");
    expect(log).to.match(
      /^::error file=app\/drill\/workload\.ts,line=\d+,title=dynamodb-slow%3A not held::\d+ acknowledged/m,
    );
    expect(summary)
      .to.include("## ✘ Outage drill: 0 of 1 experiments held")
      .and.to.include("npx outage-drill run --only dynamodb-slow --seed ")
      .and.to.include("[everything as a zip file](https://example.org/all)");
    expect(ran).to.include.members([
      "Upload journals and histories",
      "Keep the result for pull requests",
    ]);
    const reports = outputs.reports ?? "";
    const badge = JSON.parse(await readFile(join(reports, "badge.json"), "utf8")) as object;
    expect(badge).to.include({ color: "red" });
    expect(await readFile(join(reports, "junit.xml"), "utf8")).to.include(
      '<failure type="not-held"',
    );
  });

  it("compares with the last result of the base branch, and passes once the program is mended", async () => {
    const temporary = join(folder.path, "second");
    const former = join(temporary, "outage-drill-baseline");
    await mkdir(former, { recursive: true });
    await cp(
      join(folder.path, "first/outage-drill-reports/outage-drill/chaos.json"),
      join(former, "chaos.json"),
    );
    const { exitCode, outputs, log, summary, ran } = await runAction({
      workspace,
      temporary,
      inputs: { "working-directory": "app", only: "dynamodb-slow", config: "\n  atomic=true\n" },
      without: ["Install the program"],
    });
    expect(exitCode, log).to.equal(0);
    expect(outputs.outcome).to.equal("held");
    expect(summary).to.match(/- dynamodb-slow: not held → held; lost \d+ → 0/);
    expect(ran).not.to.include("Keep the result for pull requests");
    const { experiments } = JSON.parse(
      await readFile(join(outputs.reports ?? "", "chaos.json"), "utf8"),
    ) as Summary;
    expect(experiments).to.have.lengthOf(1);
  });

  it("passes on what is wrong with an input, in one sentence, and uploads nothing", async () => {
    await writeFile(join(workspace, "no-drill.json"), "{}");
    const { exitCode, outputs, log } = await runAction({
      workspace,
      temporary: join(folder.path, "third"),
      inputs: { "working-directory": "app", baseline: "../no-drill.json" },
      without: ["Install the program"],
    });
    expect(exitCode).to.equal(3);
    expect(outputs.outcome).to.equal("could-not-run");
    expect(log).to.include("--baseline ../no-drill.json is not the result of a drill");
  });
});
