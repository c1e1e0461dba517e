import { expect } from "chai";
import { compareSummaries } from "../../../chaos/report/compare.ts";
import type { Summary, SummaryRow } from "../../../chaos/report/summary.ts";

function summary(...experiments: Partial<SummaryRow>[]): Summary {
  const rows = experiments.map((row): SummaryRow => ({
    experiment: "outage",
    outcome: "held",
    problems: [],
    anomalies: [],
    ...row,
  }));
  return { exitCode: 0, seed: "s", experiments: rows };
}

describe("compareSummaries", () => {
  it("pairs the numbers that both runs have measured", () => {
    const [row] = compareSummaries(
      summary({ outcome: "not-held", lost: 3, recoveryMs: 900 }),
      summary({ lost: 0, stale: 0 }),
    );
    expect(row).to.deep.equal({
      experiment: "outage",
      now: "not-held",
      before: "held",
      changes: [{ metric: "lost", unit: "anomalies", isExact: true, now: 3, before: 0 }],
    });
  });

  it("names experiments that only one of the runs had, the former ones last", () => {
    const rows = compareSummaries(
      summary({ experiment: "new" }, {}),
      summary({ experiment: "old" }, {}),
    );
    expect(rows.map(({ experiment, now, before }) => [experiment, now, before])).to.deep.equal([
      ["new", "held", undefined],
      ["outage", "held", "held"],
      ["old", undefined, "held"],
    ]);
  });

  it("takes a summary of an older version, which has fewer numbers", () => {
    const old = JSON.parse('{"experiments":[{"experiment":"outage","outcome":"held"}]}') as Summary;
    expect(compareSummaries(summary({ lost: 1 }), old)[0]?.changes).to.deep.equal([]);
  });
});
