import { expect } from "chai";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Journal } from "../../../chaos/harness/journal.ts";
import { hasTerminals, runInTerminal } from "../support/run-in-terminal.ts";
import type { TerminalRun } from "../support/run-in-terminal.ts";
import { screenOf } from "../support/screen.ts";
import { startCloudProcess } from "../support/start-cloud-process.ts";
import type { CloudProcess } from "../support/start-cloud-process.ts";
import { until } from "../../../chaos/harness/until.ts";
import { nothing, whatDrillsLeft } from "../support/what-drills-left.ts";

describe("a drill in a terminal", function () {
  this.timeout(120_000);
  let directory = "";
  let cloud: CloudProcess;

  before(async function () {
    // There is no terminal without a Python that can make one.
    if (!hasTerminals()) this.skip();
    directory = await mkdtemp(join(tmpdir(), "terminal-"));
    cloud = await startCloudProcess(directory);
  });

  after(async () => {
    if (directory === "") return;
    await cloud[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });

  const runs = new Set<TerminalRun>();

  // A drill of a test that has failed would have the stack in the next.
  afterEach(async () => {
    for (const run of runs) {
      run.order("signal SIGCONT");
      run.order("type ^C");
      await run.ended;
    }
    runs.clear();
  });

  function drill(options: Parameters<typeof runInTerminal>[1] = {}, args: readonly string[] = []) {
    const run = runInTerminal(
      [
        ...[process.execPath, "chaos/cli.ts", "--only", "total-outage"],
        ...["--outputs", cloud.file, "--reports", directory, ...args],
      ],
      options,
    );
    runs.add(run);
    return run;
  }

  for (const columns of [40, 80, 120])
    it(`draws in place on ${String(columns)} columns, and has the verdict in its last line`, async () => {
      const run = drill({ columns });
      const code = await run.ended;
      const { outcome } = await journal();
      expect(code).to.equal(outcome === "held" ? 0 : outcome === "unknown" ? 2 : 1);
      const shown = screenOf(run.text(), columns);
      const frames = run.text().split("\u001b[J").map(stripVTControlCharacters);
      for (const line of frames.join("\n").split(/\r?\n/))
        // A link that is broken into lines is none.
        if (!line.startsWith("Report: file:")) expect([...line].length).to.be.at.most(columns);
      if (columns > 40) expect(run.text()).to.match(/fault \d\.\d\/\d\.\d s [█░]{12}/);
      // Every frame has been drawn over by the next; what is left is the result.
      const left = shown.join("\n");
      expect(left).not.to.match(/[█░]/).and.not.include("Outage drill ");
      expect(shown.at(-1)).to.equal("");
      const verdict =
        outcome === "held" ? /^✔ 1 of 1 held: \d+ acknowledged/m : /^[✘?] total-outage: /m;
      expect(shown.slice(-8).join("\n")).to.match(verdict);
    });

  it("shows mocha's tree with --verbose, and where the terminal cannot move its cursor", async () => {
    for (const [options, args] of [
      [{}, ["--verbose"]],
      [{ env: { TERM: "dumb" } }, []],
    ] as const) {
      const run = drill(options, args);
      await run.untilShown("✔ the cloud can inject the fault");
      run.order("type ^C");
      expect(await run.ended).to.equal(130);
      expect(run.text()).not.to.include("\u001b[J");
    }
  });

  it("undoes its fault when the terminal's window is closed", async () => {
    const run = await drillUntilInjected();
    run.order("close");
    expect(await run.ended).to.equal(129);
    expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
    expect((await journal()).outcome).to.equal("interrupted");
  });

  it("undoes its fault at a Ctrl-C and at a hurried second one, below its last frame", async () => {
    const run = await drillUntilInjected();
    run.order("type ^C");
    await run.untilShown("once more to quit at once");
    run.order("type ^C");
    expect(await run.ended).to.equal(130);
    expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
    const shown = screenOf(run.text(), 80).join("\n");
    expect(shown).to.include("SIGINT: stopping the experiment").and.to.include("no fault is left");
    expect(shown.match(/Outage drill /g)).to.have.lengthOf(1);
  });

  it("does not blame the application when all of it was stopped for a while", async () => {
    const run = await drillUntilInjected();
    run.order("signal SIGSTOP");
    const stopped = performance.now();
    await until("the drill has stood still", () => performance.now() - stopped, {
      deadlineMs: 20_000,
      accept: (ms) => ms > 5_000,
    });
    run.order("signal SIGCONT");
    const code = await run.ended;
    const { outcome, steps } = await journal();
    expect(outcome, JSON.stringify(steps.filter(({ error }) => error))).not.to.equal("not-held");
    expect(code).to.equal(outcome === "held" ? 0 : 2);
    expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
  });

  it("draws on when the terminal has become narrower", async () => {
    const run = await drillUntilInjected();
    run.order("size 50 20");
    expect(await run.ended).to.be.oneOf([0, 2]);
    const last = screenOf(run.text(), 80).slice(-9).join("\n");
    expect(last).to.match(/^[✔?] (1 of 1 held|total-outage): /m);
  });

  async function drillUntilInjected(): Promise<TerminalRun> {
    const run = drill();
    await run.untilShown("  fault ");
    await until(
      "the fault is in effect",
      async () => (await whatDrillsLeft(cloud.endpoint)).activeExperiments.length,
      { deadlineMs: 10_000, intervalMs: 20, accept: (count) => count > 0 },
    );
    return run;
  }

  async function journal(): Promise<Journal> {
    return JSON.parse(
      await readFile(join(directory, "total-outage.journal.json"), "utf8"),
    ) as Journal;
  }
});
