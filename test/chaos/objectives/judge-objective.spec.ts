import { expect } from "chai";
import type { Op } from "../../../chaos/harness/history.ts";
import { describeJudged, judgeObjective } from "../../../chaos/objectives/judge-objective.ts";
import type { Measured } from "../../../chaos/objectives/metrics.ts";
import { parseObjective } from "../../../chaos/objectives/parse-objective.ts";
import { write } from "../support/op.ts";

const ops: readonly Op[] = [
  ...Array.from({ length: 997 }, () => write("a", "1", [0, 1], { status: 200 })),
  write("a", "1", [0, 1], { type: "queued", status: 202 }),
  write("a", "1", [0, 1], { type: "info", status: 503 }),
  write("a", "1", [0, 1], { type: "info" }),
].map((op, at) => (at === 999 ? withoutStatus(op) : op));

const measured: Measured = {
  recoveryMs: 4_100,
  evidence: { queued: 0, all: 100, smallestLossRate: 0.045 },
  pendingPeak: 12,
  faultFired: true,
  latency: (phase) =>
    phase === "after" ? undefined : { count: 9, p50Ms: 5, p95Ms: 50, p99Ms: 500, maxMs: 501 },
  sentIn: (phase) => (phase === "during" ? ops : []),
};
const judge = (text: string, more: Partial<Measured> = {}) =>
  judgeObjective(parseObjective(text), { ...measured, ...more });
const statusOf = (...input: Parameters<typeof judge>) => judge(...input).status;

describe("judgeObjective", () => {
  it("holds the value against the limit, which may itself be reached or not", () => {
    expect(statusOf("recovery<4.1s")).to.equal("not-held");
    expect(statusOf("recovery<=4.1s")).to.equal("held");
    expect(statusOf("recovery>4.1s")).to.equal("not-held");
    expect(statusOf("recovery>=4100ms")).to.equal("held");
    expect(judge("during.p99<1s")).to.include({ value: 500, limit: 1_000, status: "held" });
    expect(statusOf("during.max<=500ms")).to.equal("not-held");
  });

  it("counts what became of the requests, as a share or as a number", () => {
    expect(judge("during.acknowledged>=99.8%")).to.include({ value: 0.998, status: "held" });
    expect(statusOf("during.acknowledged>99.8%")).to.equal("not-held");
    expect(judge("acknowledged>=998")).to.include({ value: 998, status: "held" });
    expect(judge("during.queued<=1").value).to.equal(1);
    expect(judge("during.refused<1").value).to.equal(1);
    expect(judge("during.unanswered<=0").value).to.equal(1);
    expect(statusOf("during.availability>=99.8%")).to.equal("held");
    expect(statusOf("during.availability>=99.9%")).to.equal("not-held");
    expect(statusOf("queue.peak<12")).to.equal("not-held");
    expect(statusOf("evidence.loss<=5%")).to.equal("held");
    expect(statusOf("evidence.writes>=101")).to.equal("not-held");
  });

  it("cannot tell what was not measured", () => {
    for (const [text, more] of [
      ["recovery<1h", { recoveryMs: undefined }],
      ["after.p50<1h", {}],
      ["after.acknowledged>=0", {}],
      ["queue.peak<9", { pendingPeak: undefined }],
      ["evidence.writes>=0", { evidence: undefined }],
    ] as const) {
      const judged = judge(text, more);
      expect(judged.status, text).to.equal("unknown");
      expect(judged).not.to.have.property("value");
    }
  });

  it("says nothing about a fault that never fired", () => {
    const more = { faultFired: false };
    expect(statusOf("recovery<1ms", more)).to.equal("unknown");
    expect(statusOf("during.p50<1h", more)).to.equal("unknown");
    expect(statusOf("before.p50<1h", more)).to.equal("held");
  });

  it("shows the value beside the limit", () => {
    expect(describeJudged(judge("recovery<10s"))).to.equal("4.1 s; the limit is < 10 s");
    expect(describeJudged(judge("during.acknowledged>=99.9%"))).to.equal(
      "99.8 %; the limit is >= 99.9 %",
    );
  });
});

function withoutStatus({ status, ...op }: Op): Op {
  void status;
  return op;
}
