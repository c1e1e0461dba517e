import { expect } from "chai";
import { check } from "../../../chaos/harness/checker.ts";
import type { CheckInput } from "../../../chaos/harness/check-input.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import { write } from "../support/op.ts";

const queued = { type: "queued" } as const;
const info = { type: "info" } as const;

describe("check", () => {
  it("is valid when the table has the last acknowledged write", () => {
    const history = [write("a", "1", [0, 1]), write("a", "2", [2, 3], queued)];
    const verdict = judge(history, { a: "2" });
    expect(verdict).to.include({ result: "valid", acknowledged: 2 });
  });

  it("counts 200 direct and 200 queued as acknowledged, and nothing else", () => {
    const history = [
      write("a", "1", [0, 1]),
      write("b", "2", [0, 1], queued),
      write("c", "3", [0, 1], info),
      write("d", "4", [0, 1], { type: "fail" }),
    ];
    expect(judge(history, { a: "1", b: "2" })).to.include({ result: "valid", acknowledged: 2 });
  });

  it("finds an acknowledged write that is nowhere", () => {
    const history = [write("a", "1", [0, 1], { ...queued, body: "Message sent to queue." })];
    const [anomaly] = judge(history, {}).anomalies;
    expect(anomaly).to.include({ kind: "lost", key: "a", expected: history[0] });
    expect(anomaly?.message).to.equal(
      'a: the write acknowledged by "Message sent to queue." is nowhere; the table had no such item at the first look.',
    );
  });

  it("finds an acknowledged write that is in the dead-letter queue only", () => {
    const history = [write("a", "1", [0, 1], queued)];
    const deadLetters = [{ key: "a", value: "1" }];
    expect(kinds(judge(history, {}, { deadLetters }))).to.deep.equal(["dead-lettered"]);
  });

  it("lets a dead letter pass that a newer write has replaced", () => {
    const history = [write("a", "1", [0, 1], queued), write("a", "2", [2, 3])];
    const deadLetters = [{ key: "a", value: "1" }];
    expect(judge(history, { a: "2" }, { deadLetters }).result).to.equal("valid");
  });

  it("calls it stale when a queued write overwrote a newer direct one", () => {
    const history = [write("a", "1", [0, 1], queued), write("a", "2", [2, 3])];
    expect(kinds(judge(history, { a: "1" }))).to.deep.equal(["stale"]);
  });

  it("calls it lost when a queued write never replaced an older direct one", () => {
    const history = [write("a", "1", [0, 1]), write("a", "2", [2, 3], queued)];
    const verdict = judge(history, { a: "1" });
    expect(verdict.counts).to.include({ lost: 1, stale: 0 });
    expect(verdict.anomalies[0]?.expected).to.equal(history[1]);
  });

  it("calls it lost when the table still has what it had before the run", () => {
    const history = [write("a", "1", [0, 1], queued)];
    const verdict = judge(history, { a: "0" }, { initialTable: new Map([["a", "0"]]) });
    expect(kinds(verdict)).to.deep.equal(["lost"]);
  });

  it("lets overlapping writes end in either order", () => {
    const history = [write("a", "1", [0, 5]), write("a", "2", [1, 4])];
    expect(judge(history, { a: "1" }).result).to.equal("valid");
    expect(judge(history, { a: "2" }).result).to.equal("valid");
  });

  it("lets an unacknowledged write take effect later, or never", () => {
    const history = [write("a", "1", [0, 1], info), write("a", "2", [2, 3])];
    expect(judge(history, { a: "1" }).result).to.equal("valid");
    expect(judge(history, { a: "2" }).result).to.equal("valid");
    expect(judge([write("a", "1", [0, 1], info)], {}).result).to.equal("valid");
  });

  it("finds a value that nobody sent", () => {
    const history = [write("a", "1", [0, 1])];
    expect(kinds(judge(history, { a: "2" }))).to.deep.equal(["phantom"]);
    expect(kinds(judge(history, { a: "1", b: "1" }))).to.deep.equal(["phantom"]);
  });

  it("finds a refused write that was stored all the same", () => {
    const history = [write("a", "1", [0, 1], { type: "fail" })];
    expect(kinds(judge(history, { a: "1" }))).to.deep.equal(["phantom"]);
  });

  it("finds a value that nobody sent in what a read saw", () => {
    const read: Op = { ...write("a", "9", [2, 3]), kind: "read" };
    const verdict = judge([write("a", "1", [0, 1]), read], { a: "1" });
    expect(verdict.anomalies.map(({ message }) => message)).to.deep.equal([
      "A read of a saw a value that nobody sent: 9",
    ]);
  });

  it("finds an acknowledgement that could not be true while the fault was in effect", () => {
    const fault = { startMs: 10, endMs: 20, possible: [queued.type] };
    const inside = write("a", "1", [11, 12]);
    const verdict = judge([inside], { a: "1" }, { fault });
    expect(kinds(verdict)).to.deep.equal(["false-acknowledgement"]);
    for (const beside of [
      write("a", "1", [9, 12]),
      write("a", "1", [19, 21]),
      write("a", "1", [11, 12], queued),
    ])
      expect(judge([beside], { a: "1" }, { fault }).result).to.equal("valid");
  });

  it("blames no acknowledgement when the fault never fired", () => {
    const fault = { startMs: 10, endMs: 20, possible: [] };
    const verdict = judge([write("a", "1", [11, 12])], { a: "1" }, { fault, faultFired: false });
    expect(verdict).to.include({ result: "unknown" });
    expect(verdict.anomalies).to.deep.equal([]);
  });

  it("is unknown, never valid, while the queue has not drained", () => {
    const history = [write("a", "1", [0, 1], queued), write("b", "2", [0, 1])];
    const waiting = judge(history, { b: "2" }, { drained: false });
    expect(waiting).to.include({ result: "unknown" });
    expect(waiting.anomalies).to.deep.equal([]);
    expect(waiting.reasons[0]).to.include("1 keys do not show their last acknowledged write yet");
    expect(judge(history, { a: "1", b: "2" }, { drained: false }).result).to.equal("unknown");
  });

  it("is invalid for what no message can put right, drained or not", () => {
    const verdict = judge([write("a", "1", [0, 1])], { a: "2" }, { drained: false });
    expect(verdict.result).to.equal("invalid");
  });

  it("is unknown when the fault never fired", () => {
    const verdict = judge([write("a", "1", [0, 1])], { a: "1" }, { faultFired: false });
    expect(verdict.result).to.equal("unknown");
  });
});

function judge(
  history: readonly Op[],
  table: Record<string, string>,
  more: Partial<CheckInput> = {},
) {
  const entries = new Map(Object.entries(table));
  const looks = [{ startMs: 1_000, endMs: 1_001, table: entries }];
  return check({
    history,
    initialTable: new Map(),
    looks,
    drained: true,
    faultFired: true,
    ...more,
  });
}

function kinds({ anomalies }: ReturnType<typeof check>) {
  return anomalies.map(({ kind }) => kind);
}
