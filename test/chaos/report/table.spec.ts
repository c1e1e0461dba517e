import { expect } from "chai";
import { formatTable } from "../../../chaos/report/table.ts";
import { anomalyKinds, countByKind } from "../../../chaos/harness/anomaly.ts";
import { painter } from "../../../chaos/terminal/paint.ts";
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
    const [, heads, rule, line] = formatTable(
      { exitCode: 0, seed: "seed", experiments: [row] },
      { width: 130 },
    ).split("\n");
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
      "! could-not-run",
      "12345",
      "0",
      "2",
      "3.2 s",
      "2/5/7",
      "4000/8000/12s",
      "4000/8000/12s",
    ]);
  });

  it("is no wider than it may be, and never loses an anomaly", () => {
    const counts = countByKind(anomalyKinds.flatMap((kind) => [{ kind }, { kind }, { kind }]));
    const few = countByKind([{ kind: "false-acknowledgement" }]);
    for (const experiments of [[row], [{ ...row, counts: few }], [row, { ...row, counts }]])
      for (let width = 20; width <= 130; width += 1) {
        const text = formatTable({ exitCode: 0, seed: "seed", experiments }, { width });
        for (const line of text.split("\n")) expect(line.length).to.be.at.most(width);
        const shown = text.replaceAll(/\s+/g, " ");
        if (experiments.length > 1) expect(shown.match(/\b3\b/g)).to.have.length.at.least(10);
        if (experiments[0]?.counts === few) expect(shown).to.include("falsely acked");
      }
  });

  it("is at most 80 columns wide by default, with the 99th percentiles", () => {
    const short = { ...row, experiment: "outage", outcome: "held" as const };
    const [heads, , rule] = formatTable({ exitCode: 0, seed: "seed", experiments: [short] }).split(
      "\n",
    );
    expect(heads).to.match(/ p99 ms$/);
    expect(rule?.length).to.be.at.most(80);
  });

  it("has a shape for each outcome, and a colour where it is wanted", () => {
    const summary = { exitCode: 0, seed: "seed", experiments: [row] };
    expect(formatTable(summary)).to.include("! could-not-run").and.not.include("\u001b");
    expect(formatTable(summary, { paint: painter(true) })).to.include("\u001b[31m! could-not-run");
  });

  it("has a column for every kind of anomaly that occurred, and for failed steps", () => {
    for (const kind of anomalyKinds) {
      const counts = countByKind(Array.from({ length: 77 }, () => ({ kind })));
      const failed = { ...row, lost: 0, stale: 0, counts, problems: ["verification: …"] };
      const [, , , line] = formatTable(
        { exitCode: 1, seed: "seed", experiments: [failed] },
        { width: 120 },
      ).split("\n");
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
      "? unknown",
      ...Array<string>(7).fill("–"),
    ]);
  });
});
