import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { Summary } from "../../chaos/report/summary.ts";
import { parseXml } from "./ci/support/parse-xml.ts";
import { runScript } from "./support/run-script.ts";

describe("npm run chaos", function () {
  this.timeout(120_000);
  let reports = "";

  beforeEach(async () => {
    reports = await mkdtemp(join(tmpdir(), "chaos-"));
  });

  afterEach(() => rm(reports, { recursive: true }));

  it("prints nothing but JSON on stdout with --json, and exits with 0 when all held", async () => {
    const [badge, stepSummary] = [join(reports, "ci/badge.json"), join(reports, "step.md")];
    const run = await runScript(
      "chaos/cli.ts",
      [
        ...["--json", "--only", "outage-without-write-buffer"],
        ...["--reports", reports, "--badge", badge],
      ],
      { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: stepSummary },
    );
    const summary = JSON.parse(run.stdout) as Summary;
    expect(summary.experiments[0]?.problems).to.deep.equal([]);
    expect(summary.experiments[0]).to.include({
      experiment: "outage-without-write-buffer",
      outcome: "held",
      verdict: "valid",
      lost: 0,
      stale: 0,
    });
    const tree = stripVTControlCharacters(run.stderr);
    // A step in a line or in a branch: this too may run in CI.
    expect(tree).to.match(/✔ (.* )?every POST fails and says so/);
    expect(run.code).to.equal(0);

    const written = await readFile(join(reports, "chaos.json"), "utf8");
    expect(written).to.equal(run.stdout);
    const [row] = summary.experiments;
    const history = await readFile(join(reports, row?.history ?? ""), "utf8");
    expect(history.trimEnd().split("\n")).to.have.lengthOf(row?.requests ?? 0);
    const page = await readFile(join(reports, "report.html"), "utf8");
    const marks = [...page.matchAll(/class="mark [a-z]+"\s+d="([^"]*)"\s+data-about/g)];
    expect(
      marks
        .map(([, d]) => d)
        .join("")
        .split("M"),
    ).to.have.lengthOf((row?.requests ?? 0) + 1);
    const log = await readFile(join(reports, "cloud.log"), "utf8");
    expect(log).to.include("DynamoDbException");

    expect(run.stderr).not.to.include("::error");
    const acknowledged = String(row?.acknowledged);
    const shown = JSON.parse(await readFile(badge, "utf8")) as object;
    expect(shown).to.include({ message: `0 of ${acknowledged} lost`, color: "brightgreen" });
    const told = await readFile(stepSummary, "utf8");
    expect(told).to.match(/^## ✔ Outage drill: 1 of 1 experiments held\n/);
    expect(told).to.include(
      `**Every acknowledged write is safe: ${acknowledged} of ${acknowledged}.**`,
    );
    const [suite, ...others] = parseXml(
      await readFile(join(reports, "junit.xml"), "utf8"),
    ).children;
    expect(others).to.deep.equal([]);
    expect(suite?.attributes).to.include({
      ...{ name: "outage-without-write-buffer", failures: "0", errors: "0", skipped: "0" },
      file: "chaos/experiments/outage-without-write-buffer/experiment.ts",
    });
    const steps = suite?.children.flatMap(({ attributes: { name } }) => name ?? []) ?? [];
    expect(steps[0]).to.equal("preparation: the cloud can inject the fault");
    expect(steps.at(-1)).to.match(/^second look: /);
  });

  it("takes the fault back on Ctrl-C, says so, and exits with 130", async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const child = spawn(
      process.execPath,
      ["chaos/cli.ts", "--only", "total-outage", "--reports", reports],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const said = text(child.stderr);
    const exited = once(child, "exit");
    for await (const line of createInterface(child.stdout))
      if (line.includes("starts: DynamoDB and SNS fail every call")) child.kill("SIGINT");
    expect(await exited).to.deep.equal([130, null]);
    const journal = await readFile(join(reports, "total-outage.journal.json"), "utf8");
    expect(JSON.parse(journal)).to.include({ outcome: "interrupted" });
    expect(await said)
      .to.include("SIGINT: stopping the experiment; once more to quit at once.")
      .and.to.match(/Stopped: FIS: EXP\w+ is over; no fault is left\./);
  });

  it("says in one sentence what is wrong with the arguments, and exits with 3", async () => {
    const run = await runScript("chaos/cli.ts", ["--only", "nothing"]);
    expect(run.code).to.equal(3);
    expect(run.stdout).to.equal("");
    expect(run.stderr).to.match(/^There is no experiment "nothing"; choose one of outage, .*\.\n$/);
  });

  it("lists its options with --help", async () => {
    const run = await runScript("chaos/cli.ts", ["--help"]);
    expect(run.code).to.equal(0);
    expect(run.stdout).to.include("--only NAME").and.to.include("Exit code: 0 all held");
  });
});
