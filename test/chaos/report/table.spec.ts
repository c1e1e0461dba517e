import { expect } from "chai";
import { formatTable } from "../../../chaos/report/table.ts";
import { anomalyKinds, countByKind } from "../../../chaos/harness/anomaly.ts";
import type { SummaryRow } from "../../../chaos/report/summary.ts";

const latency = (ms: number) => ({
  count: 9,
  p50Ms: ms,
  p95Ms: ms * 2,
  p99Ms: ms * 3,
  maxMs: ms * 4,
});

const row: SummaryRow = {
  experiment: "outage-without-write-buffer",
  outcome: "could-not-run",
  acknowledged: 12_345,
  lost: 0,
  stale: 2,
  recoveryMs: 3_210,
  latency: { before: latency(2.4), during: latency(4_000), after: latency(4_000) },
  problems: [],
  anomalies: [],
};

describe("formatTable", () => {
  it("shows every number in its column", () => {
    const [, heads, rule, line] = formatTable({
      exitCode: 0,
      seed: "seed",
      experiments: [row],
    }).split("\n");
    expect(heads?.trim().split(/\s+/)).to.deep.equal([
      "experiment",
      "outcome",
      "acked",
      "lost",
      "stale",
      "time",
      "before",
      "during",
      "after",
    ]);
    expect(rule).to.match(/^[─ ]+$/);
    expect(line?.split(/ {2,}/)).to.deep.equal([
      "outage-without-write-buffer",
      "could-not-run",
      "12345",
      "0",
      "2",
      "3.2 s",
      "2/5/7",
      "4000/8000/12s",
      "4000/8000/12s",
    ]);
  });

  it("is at most 120 columns wide", () => {
    for (const experiments of [[row], [{ ...row, counts: countByKind([{ kind: "phantom" }]) }]])
      for (const line of formatTable({ exitCode: 0, seed: "seed", experiments }).split("\n"))
        expect(line.length).to.be.at.most(120);
  });

  it("has a column for every kind of anomaly that occurred, and for failed steps", () => {
    for (const kind of anomalyKinds) {
      const counts = countByKind(Array.from({ length: 77 }, () => ({ kind })));
      const failed = { ...row, lost: 0, stale: 0, counts, problems: ["verification: …"] };
      const [, , , line] = formatTable({ exitCode: 1, seed: "seed", experiments: [failed] }).split(
        "\n",
      );
      const cells = line?.split(/ {2,}/) ?? [];
      expect(
        cells.filter((cell) => cell === "77"),
        kind,
      ).to.have.length(1);
      expect(cells, kind).to.include("1");
    }
  });

  it("shows a dash for what is not known", () => {
    const unknown: SummaryRow = {
      experiment: "outage",
      outcome: "unknown",
      problems: [],
      anomalies: [],
    };
    const line = formatTable({ exitCode: 2, seed: "seed", experiments: [unknown] })
      .split("\n")
      .at(-1);
    expect(line?.split(/ {2,}/)).to.deep.equal([
      "outage",
      "unknown",
      ...Array<string>(7).fill("–"),
    ]);
  });
});
