import { expect } from "chai";
import { badgeOf } from "../../../chaos/ci/badge.ts";
import type { SummaryRow } from "../../../chaos/report/summary.ts";
import { rowOf, summaryOf, unsafeRow } from "./support/rows.ts";

const of = (...rows: SummaryRow[]) => {
  const { schemaVersion, label, message, color } = badgeOf(summaryOf(...rows));
  expect([schemaVersion, label]).to.deep.equal([1, "outage drill"]);
  return [message, color];
};

describe("badgeOf", () => {
  it("is green only where everything that could be tried held", () => {
    expect(of(rowOf(), rowOf({ outcome: "not-applicable" }))).to.deep.equal([
      "0 of 649 lost",
      "brightgreen",
    ]);
    expect(of(rowOf(), rowOf({ outcome: "unknown" }))).to.deep.equal(["undecided", "yellow"]);
    for (const outcome of ["could-not-run", "interrupted", "not-applicable"] as const)
      expect(of(rowOf({ outcome }))).to.deep.equal(["could not run", "lightgrey"]);
    expect(of()).to.deep.equal(["could not run", "lightgrey"]);
  });

  it("counts every way of being unsafe, not just lost", () => {
    expect(of(rowOf(), unsafeRow("lost", 11))).to.deep.equal(["11 of 1298 lost", "red"]);
    expect(of(unsafeRow("false-acknowledgement", 22))).to.deep.equal(["22 of 649 not safe", "red"]);
    expect(of(rowOf(), rowOf({ outcome: "not-held" }))).to.deep.equal([
      "1 of 2 did not hold",
      "red",
    ]);
  });
});
