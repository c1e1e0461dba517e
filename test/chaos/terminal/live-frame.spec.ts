import { expect } from "chai";
import { stripVTControlCharacters } from "node:util";
import { experiments } from "../../../chaos/experiments/index.ts";
import { ScheduledRun } from "../../../chaos/scheduled-run.ts";
import { liveFrame, overLine } from "../../../chaos/terminal/live-frame.ts";
import { painter } from "../../../chaos/terminal/paint.ts";
import { RunProgress } from "../../../chaos/terminal/run-progress.ts";
import { timeLeft } from "../../../chaos/terminal/time-left.ts";

describe("liveFrame", () => {
  const paint = painter(true);

  it("never has a line that is too long, nor too many lines", () => {
    const runs = experiments.map((each) => new RunProgress(new ScheduledRun(each)));
    for (const [at, run] of runs.entries()) run.state = at % 3 === 0 ? "waiting" : "running";
    for (let columns = 1; columns < 130; columns += 1)
      for (const rows of [1, 3, 50]) {
        const options = { columns, rows, lanes: 2, paint, startedMs: 0, nowMs: 61_000, readyMs: 9 };
        const lines = liveFrame(runs, options).map(stripVTControlCharacters);
        expect(lines.length).to.be.at.most(rows);
        for (const line of lines) expect([...line].length).to.be.at.most(columns);
      }
  });

  it("says how far the drill is", () => {
    const runs = experiments.slice(0, 2).map((each) => new RunProgress(new ScheduledRun(each)));
    const options = { columns: 79, rows: 9, lanes: 2, paint: painter(false), startedMs: 0 };
    const lines = liveFrame(runs, { ...options, nowMs: 1_000, readyMs: undefined });
    expect(lines[0]).to.match(/^Outage drill {2}deploying +\[0\/2\] {2}1 s, about \d+ s left$/);
    expect(lines[1]).to.equal("  outage · retry-function-failure");
  });

  it("shows a failure to begin without letting its text steer the terminal", async () => {
    const [experiment] = experiments;
    if (!experiment) throw new Error("There are no experiments.");
    const run = new ScheduledRun(experiment);
    const progress = await new Promise<RunProgress>((resolve) => {
      void new RunProgress(run, resolve);
      run.fail(new Error("no \u001b[2Jstack\u0007\nand so on"));
    });
    expect(overLine(progress, 200, painter(false))).to.equal("! outage  Error: no stack�");
  });
});

describe("timeLeft", () => {
  it("is less the more has been done, and never negative", () => {
    // Of one experiment: what one run has taken, the others are expected to take.
    const runs = Array.from({ length: 4 }, () => experiments.slice(0, 1))
      .flat()
      .map((each) => new RunProgress(new ScheduledRun(each)));
    let last = timeLeft(runs, { lanes: 2, nowMs: 0 });
    for (const run of runs) {
      run.state = "over";
      run.startedMs = 0;
      run.endedMs = 9_000;
      const next = timeLeft(runs, { lanes: 2, nowMs: 0 });
      expect(next).to.be.within(0, last);
      last = next;
    }
    expect(last).to.equal(0);
  });
});
