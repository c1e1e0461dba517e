import { expect } from "chai";
import { outage } from "../../../chaos/experiments/outage/experiment.ts";
import { latency } from "../../../chaos/experiments/latency/experiment.ts";
import { UsageError } from "../../../command-line/usage-error.ts";
import { demand } from "../../../chaos/objectives/demand.ts";
import { readObjectiveOptions } from "../../../chaos/objectives/options.ts";

const both = [{ ...outage, objectives: ["recovery<1min"] }, latency];
const textsOf = (...input: Parameters<typeof demand>) =>
  demand(...input).map(({ objectives }) => objectives);

describe("demand", () => {
  it("adds to what an experiment demands itself, never replaces it", () => {
    const objective = ["before.p50<1s", "outage: recovery<10s", "recovery < 1min"];
    expect(textsOf(both, { objective }, { objectives: ["after.p50<2s"] })).to.deep.equal([
      ["recovery<1min", "after.p50<2s", "before.p50<1s", "recovery<10s"],
      ["after.p50<2s", "before.p50<1s", "recovery<1min"],
    ]);
  });

  it("refuses an objective for an experiment that does not run, and one that cannot be read", () => {
    expect(() => demand(both, { objective: ["outrage:recovery<1s"] })).to.throw(
      UsageError,
      /"outrage", which does not run; did you mean outage\?$/,
    );
    expect(() => demand([{ ...outage, objectives: ["nonsense<1"] }], { objective: [] })).to.throw(
      UsageError,
    );
  });

  it("sends at the rate that was asked for, in the experiment's proportion of writes and reads", () => {
    const [first] = demand([outage], { objective: [], rate: 240 });
    expect(first?.load.before).to.include({ writesPerSecond: 160, readsPerSecond: 80 });
    expect(first?.load.during).to.include({ writesPerSecond: 210, readsPerSecond: 30 });
    expect(first?.load.during.durationMs).to.equal(outage.load.during.durationMs);
  });

  it("keeps the fault for the duration, and gives what waits for its next try as long again", () => {
    const [first] = demand([outage], { objective: [], durationMs: 60_000 });
    expect(first?.load.during.durationMs).to.equal(60_000);
    expect(first?.load.before).to.deep.equal(outage.load.before);
    expect(first?.drainDeadlineMs).to.equal(outage.drainDeadlineMs + 60_000);
  });

  it("refuses more requests than one run can judge", () => {
    expect(() => demand([outage], { objective: [], rate: 1_000, durationMs: 3_600_000 })).to.throw(
      UsageError,
      /outage would send 36\d+ requests, and 1000000 are the most/,
    );
  });
});

describe("readObjectiveOptions", () => {
  const none = { objective: [], "abort-on-fail": false, "until-failure": false };
  const read = (more: object) => readObjectiveOptions({ ...none, ...more });

  it("reads times and rates", () => {
    expect(read({ rate: "12.5", duration: "1.5 min" })).to.include({
      ...{ rate: 12.5, durationMs: 90_000 },
    });
    expect(read({})).not.to.have.any.keys("rate", "durationMs");
  });

  for (const [given, sentence] of [
    [{ rate: "0" }, /^--rate must be a number .* from 1 to 10000, not "0"\.$/],
    [{ rate: "10001" }, /--rate/],
    [{ rate: "fast" }, /--rate/],
    [{ duration: "30" }, /^--duration must be a time from 1 s to 12 h, .* not "30"\.$/],
    [{ duration: "500ms" }, /--duration/],
    [{ duration: "13h" }, /--duration/],
    [{ duration: "5%" }, /--duration/],
    [{ objective: ["p99<1s"] }, /names no phase/],
  ] as const)
    it(`refuses ${JSON.stringify(given)}`, () => {
      expect(() => read(given)).to.throw(UsageError, sentence);
    });
});
