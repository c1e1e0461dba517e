import { expect } from "chai";
import { changeLines } from "../../../chaos/ci/change-lines.ts";
import { rowOf, summaryOf, unsafeRow } from "./support/rows.ts";

const latency = (p99Ms: number) => ({
  during: { count: 9, p50Ms: 1, p95Ms: 2, p99Ms, maxMs: p99Ms },
});

describe("changeLines", () => {
  it("puts what got worse first, and counts what is as before", () => {
    const before = summaryOf(
      unsafeRow("lost", 3, { experiment: "mended" }),
      rowOf({ experiment: "broken" }),
      rowOf({ experiment: "same", acknowledged: 100 }),
      rowOf({ experiment: "gone" }),
    );
    const now = summaryOf(
      rowOf({ experiment: "mended" }),
      rowOf({ experiment: "same", acknowledged: 140 }),
      unsafeRow("stale", 2, { experiment: "broken" }),
      rowOf({ experiment: "added" }),
    );
    expect(changeLines(now, before)).to.deep.equal([
      "broken: held → not held; stale 0 → 2",
      "mended: not held → held; lost 3 → 0",
      "added: new, held",
      "not run this time: gone",
      "1 of 4 as before",
    ]);
  });

  it("names times that differ by more than a busy machine makes of them", () => {
    const before = summaryOf(rowOf({ recoveryMs: 1_500, latency: latency(300) }));
    expect(
      changeLines(summaryOf(rowOf({ recoveryMs: 2_900, latency: latency(900) })), before),
    ).to.deep.equal(["1 of 1 as before"]);
    expect(
      changeLines(summaryOf(rowOf({ recoveryMs: 9_000, latency: latency(2_000) })), before),
    ).to.deep.equal(["outage: recovery 1.5 s → 9.0 s; during p99 0.3 s → 2.0 s"]);
  });
});
