import { expect } from "chai";
import fc from "fast-check";
import { UsageError } from "../../../command-line/usage-error.ts";
import { metrics } from "../../../chaos/objectives/metrics.ts";
import { operators } from "../../../chaos/objectives/objective.ts";
import { parseObjective } from "../../../chaos/objectives/parse-objective.ts";

const parsed = (text: string) => {
  const { metric, operator, limit, unit, experiment } = parseObjective(text);
  return [metric.name, operator, limit, unit, experiment];
};

describe("parseObjective", () => {
  it("reads a metric, an operator and a limit with its unit", () => {
    expect(parsed("recovery<10s")).to.deep.equal(["recovery", "<", 10_000, "time", undefined]);
    expect(parsed("during.p99<=1.5min")).to.deep.equal([
      ...["during.p99", "<=", 90_000, "time", undefined],
    ]);
    expect(parsed("after.availability>=99.9%")).to.deep.equal([
      ...["after.availability", ">=", 0.999, "share", undefined],
    ]);
    expect(parsed("queue.peak≤500")).to.deep.equal(["queue.peak", "<=", 500, "count", undefined]);
    expect(parsed("outage:unanswered<1")).to.deep.equal([
      ...["unanswered", "<", 1, "count", "outage"],
    ]);
  });

  it("minds neither spaces nor case, and writes all in one way", () => {
    for (const text of ["  Recovery < 10 S ", "recovery<10s", "recovery <10s"])
      expect(parseObjective(text).text).to.equal("recovery<10s");
  });

  for (const [text, sentence] of [
    ["recvery<10s", /did you mean recovery\?$/],
    ["during.p98<5ms", /did you mean during\.p9\d\?$/],
    ["p99<500ms", /names no phase; choose before\.p99, during\.p99, after\.p99\.$/],
    ["recovery<10", /takes a time such as 500ms, 10s or 1min\.$/],
    ["recovery<10%", /takes a time/],
    ["queue.peak<5ms", /takes a whole number\.$/],
    ["queue.peak<5.5", /takes a whole number\.$/],
    ["availability>=0.99", /takes a share such as 99\.9%\.$/],
    ["availability>=101%", /no share is\.$/],
    ["acknowledged>=5s", /takes a share such as 99\.9%, or a whole number\.$/],
    ["recovery=10s", /cannot be read; write a metric/],
    ["recovery<", /cannot be read/],
    ["1s<recovery<2s", /cannot be read/],
    ["recovery<ten s", /no limit that can be read/],
    ["recovery<-1s", /no limit that can be read/],
    ["", /cannot be read/],
    ["lost<5", /not needed: a single anomaly is not-held in every drill\.$/],
    ["debt<5", /queue\.peak is the most that was pending\.$/],
  ] as const)
    it(`refuses "${text}" in one sentence`, () => {
      expect(() => parseObjective(text)).to.throw(UsageError, sentence);
    });

  it("reads every metric with every operator, and its own text again", () => {
    const limits = { time: "3s", share: "50%", count: "7" };
    const anyText = fc
      .tuple(fc.constantFrom(...metrics), fc.constantFrom(...operators))
      .chain(([metric, operator]) =>
        fc.constantFrom(...metric.units.map((unit) => `${metric.name}${operator}${limits[unit]}`)),
      );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseObjective(text).text).to.equal(text);
      }),
    );
  });

  it("throws nothing but sentences, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseObjective(text);
        } catch (error) {
          expect(error).to.be.instanceOf(UsageError);
        }
      }),
    );
  });
});
