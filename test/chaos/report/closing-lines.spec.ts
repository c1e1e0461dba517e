import { expect } from "chai";
import { countByKind } from "../../../chaos/harness/anomaly.ts";
import { anomalyTexts } from "../../../chaos/report/anomaly-texts.ts";
import { closingLines } from "../../../chaos/report/closing-lines.ts";
import { firstOfEachKind } from "../../../chaos/report/first-of-each-kind.ts";
import type { SummaryRow } from "../../../chaos/report/summary.ts";

const held: SummaryRow = {
  experiment: "outage",
  outcome: "held",
  acknowledged: 649,
  problems: [],
  anomalies: [],
};
const falseOnes = Array.from({ length: 22 }, () => ({ kind: "false-acknowledgement" }) as const);
const notHeld: SummaryRow = {
  ...held,
  outcome: "not-held",
  unsafe: 22,
  counts: countByKind(falseOnes),
};
const unknown: SummaryRow = {
  experiment: "latency",
  outcome: "unknown",
  problems: ["recovery: drains: UndecidedError: the queue was not empty after 30 s\nand so on"],
  anomalies: [],
};
const lines = (...experiments: SummaryRow[]) =>
  closingLines({ exitCode: 0, seed: "seed", experiments });

describe("closingLines", () => {
  it("says how many writes are safe", () => {
    expect(lines(held)).to.deep.equal(["✔ 1 of 1 held: 649 acknowledged writes, all safe."]);
  });

  it("says of each experiment that did not hold why, and the total last", () => {
    expect(lines(notHeld)).to.deep.equal([
      "✘ outage: 22 acknowledged writes are not safe: 22 false-acknowledgement.",
    ]);
    expect(lines(held, notHeld, unknown)).to.deep.equal([
      "✘ outage: 22 acknowledged writes are not safe: 22 false-acknowledgement.",
      "? latency: unknown: recovery: drains: UndecidedError: the queue was not empty",
      "  after 30 s.",
      "✘ 1 of 3 held: 1298 acknowledged writes, 22 of them not safe.",
    ]);
  });

  it("never says that all is safe when something did not hold", () => {
    for (const outcome of ["not-held", "unknown", "could-not-run", "interrupted"] as const)
      expect(lines({ ...held, outcome }).join("")).not.to.match(/✔|safe/);
    expect(lines({ ...held, outcome: "not-applicable" })).to.deep.equal([
      "✘ Nothing could be tried.",
    ]);
  });
});

describe("anomalyTexts", () => {
  it("shows three of a kind, with the count of all", () => {
    const anomalies = firstOfEachKind([
      ...Array.from({ length: 22 }, (_, at) => `false-acknowledgement: ${String(at)}`),
      "lost: 1",
    ]);
    expect(anomalyTexts({ ...notHeld, anomalies })).to.deep.equal([
      [
        "outage: 22 × false-acknowledgement, the first 3 of them:",
        ...["0", "1", "2"].map((at) => `false-acknowledgement: ${at}`),
      ].join("\n"),
      "outage: 0 × lost:\nlost: 1",
    ]);
  });

  it("cuts long lists of requests", () => {
    const long = `lost: a\n${"  - request\n".repeat(500)}`;
    const [text = ""] = anomalyTexts({
      ...held,
      anomalies: [long],
      journal: "outage.journal.json",
    });
    expect(text.split("\n")).to.have.lengthOf(18);
    expect(text).to.match(/… 486 more requests of this key: outage\.journal\.json$/);
  });
});
