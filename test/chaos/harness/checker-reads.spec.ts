import { expect } from "chai";
import type { Op } from "../../../chaos/harness/history.ts";
import { judge, kinds, read } from "../support/judge.ts";
import { write } from "../support/op.ts";

const queued = { type: "queued" } as const;
const info = { type: "info" } as const;
const w = (value: string, times: readonly [number, number], more: Partial<Op> = {}) =>
  write("a", value, times, more);

describe("check, on what reads and looks show together", () => {
  it("finds reads that miss a write which the database has acknowledged", () => {
    const nothing = [w("1", [0, 1]), read(undefined, [2, 3]), read(undefined, [4, 5])];
    expect(kinds(judge(nothing, [{ a: "1" }]))).to.deep.equal(["stale-read"]);
    const older = [w("1", [0, 1]), w("2", [2, 3]), read("1", [4, 5])];
    const { anomalies } = judge(older, [{ a: "2" }]);
    expect(anomalies[0]).to.include({ kind: "stale-read", expected: older[1], read: older[2] });
  });

  it("takes a 200 without a product for a read that found nothing", () => {
    const { value: _, ...empty } = read("", [2, 3]);
    void _;
    expect(kinds(judge([w("1", [0, 1]), empty], [{ a: "1" }]))).to.deep.equal(["stale-read"]);
  });

  it("takes a read that failed for none", () => {
    const failures = [
      { type: "fail", status: 400 },
      { type: "info", status: 503 },
    ] as const;
    for (const failure of failures)
      expect(
        judge([w("1", [0, 1]), { ...read("9", [2, 3]), ...failure }], [{ a: "1" }]),
      ).to.include({
        result: "valid",
      });
  });

  it("lets a read miss what is still in the queue", () => {
    const history = [w("1", [0, 1]), w("2", [2, 3], queued), read("1", [4, 5])];
    expect(judge(history, [{ a: "2" }]).result).to.equal("valid");
  });

  it("lets a direct write become visible after one that was accepted later", () => {
    const history = (reads: Op) => [
      ...[w("1", [65.93, 70.71]), w("2", [70.74, 101.2])],
      ...[w("3", [70.8, 82.92], queued), reads, read("3", [183.02, 203.91])],
    ];
    const looks = [{ a: "3" }, { a: "3" }];
    expect(judge(history(read("1", [82.97, 90.46])), looks).result).to.equal("valid");
    expect(kinds(judge(history(read("1", [101.21, 110])), looks))).to.deep.equal(["stale-read"]);
  });

  it("lets no read miss a direct write that was answered, whichever others overlap it", () => {
    const history = [w("1", [0, 1]), w("2", [2, 9]), w("3", [3, 4])];
    const early = [...history, read("1", [3.5, 3.6])];
    const late = [...history, read("1", [5, 6])];
    for (const last of ["2", "3"]) {
      expect(judge(early, [{ a: last }]).result).to.equal("valid");
      expect(kinds(judge(late, [{ a: last }]))).to.deep.equal(["stale-read"]);
    }
  });

  it("finds reads that go back in time", () => {
    const history = [
      ...[w("1", [0, 1], queued), w("2", [2, 3], queued)],
      ...[read("2", [4, 5]), read("1", [6, 7])],
    ];
    const verdict = judge(history, [{ a: "2" }]);
    expect(kinds(verdict)).to.deep.equal(["non-monotonic-read"]);
    expect(verdict.anomalies[0]?.message).to.equal(
      "A read of a went back to 1, after an earlier one had shown 2",
    );
    const either = [w("1", [0, 9]), w("2", [0, 9]), read("1", [10, 11]), read("2", [12, 13])];
    expect(kinds(judge(either, [{ a: "1" }]))).to.deep.equal(["non-monotonic-read"]);
  });

  it("finds a value that was read before it was sent", () => {
    const history = [read("1", [0, 1]), w("1", [2, 3])];
    expect(kinds(judge(history, [{ a: "1" }]))).to.deep.equal(["future-read"]);
  });

  it("finds an item that was there and then was not", () => {
    const history = [w("1", [0, 1], queued), read("1", [2, 3]), read(undefined, [4, 5])];
    expect(kinds(judge(history, [{ a: "1" }]))).to.deep.equal(["vanished-item"]);
    const initial = { a: "0" };
    const unanswered = [w("1", [0, 1], info)];
    expect(kinds(judge(unanswered, [{}], { initial }))).to.deep.equal(["vanished-item"]);
    expect(kinds(judge(unanswered, [{ a: "0" }, {}], { initial }))).to.deep.equal([
      "late-overwrite",
    ]);
  });

  it("finds an unanswered write that a read has proven, and that came back later", () => {
    const history = [
      ...[w("1", [0, 1], info), read("1", [1.5, 1.6])],
      ...[w("2", [2, 3]), read("2", [4, 5]), w("3", [6, 7]), read("3", [8, 9])],
    ];
    const verdict = judge(history, [{ a: "1" }]);
    expect(kinds(verdict)).to.deep.equal(["stale"]);
    expect(verdict.anomalies[0]?.expected).to.equal(history[4]);
    // Had nothing shown it, it might have been accepted last.
    expect(judge(history.toSpliced(1, 1), [{ a: "1" }]).result).to.equal("valid");
  });

  it("tells repeats of a value apart", () => {
    const history = [w("1", [0, 1]), w("2", [2, 3]), w("1", [4, 5], queued)];
    expect(judge(history, [{ a: "1" }]).result).to.equal("valid");
    expect(kinds(judge(history, [{ a: "2" }]))).to.deep.equal(["lost"]);
    const back = [...history, read("1", [6, 7]), read("2", [8, 9])];
    expect(kinds(judge(back, [{ a: "1" }]))).to.deep.equal(["non-monotonic-read"]);
  });

  it("tells a value from the same one before the run apart", () => {
    const history = [w("2", [2, 3], queued), w("0", [4, 5], queued)];
    const initial = { a: "0" };
    expect(kinds(judge(history, [{ a: "2" }], { initial }))).to.deep.equal(["stale"]);
    const shown = [w("2", [2, 3]), w("3", [4, 5], queued)];
    expect(kinds(judge(shown, [{ a: "0" }], { initial }))).to.deep.equal(["stale"]);
  });

  it("is unknown when too many writes may have been seen", () => {
    const many = Array.from({ length: 60 }, (_, index) => [
      w(String(index % 2), [0, 500], queued),
      read(String(index % 2), [index * 4, index * 4 + 1]),
    ]).flat();
    const impossible = [...many, w("2", [600, 601], queued), read("2", [700, 701])];
    const verdict = judge([...impossible, read("1", [702, 703])], [{ a: "2" }]);
    expect(verdict.result).to.be.oneOf(["unknown", "invalid"]);
  });

  it("asks every look for the last acknowledged write", () => {
    const history = [w("1", [0, 1]), w("2", [2, 3], queued)];
    expect(judge(history, [{ a: "2" }, { a: "2" }]).result).to.equal("valid");
    expect(kinds(judge(history, [{ a: "1" }, { a: "2" }]))).to.deep.equal(["lost"]);
    const verdict = judge(history, [{ a: "2" }, { a: "1" }]);
    expect(kinds(verdict)).to.deep.equal(["late-overwrite"]);
    expect(verdict.anomalies[0]?.looks).to.deep.equal([{ value: "2" }, { value: "1" }]);
    expect(kinds(judge(history, [{ a: "1" }, { a: "1" }]))).to.deep.equal(["lost"]);
  });

  it("reports a lost and a dead-lettered write of one key, each by its name", () => {
    const history = [w("1", [0, 1], queued), w("2", [2, 3], queued)];
    for (const [dead, lost] of [history, history.toReversed()]) {
      const deadLetters = [{ key: "a", value: dead?.value ?? "" }];
      const { anomalies } = judge(history, [{}], { deadLetters });
      const of = (kind: string) => anomalies.find((each) => each.kind === kind)?.expected;
      expect(anomalies).to.have.lengthOf(2);
      expect(of("dead-lettered")).to.equal(dead);
      expect(of("lost")).to.equal(lost);
    }
  });

  it("widens every request by the error of the clocks, and says so", () => {
    const history = [w("1", [0, 1]), w("2", [2, 3])];
    expect(kinds(judge(history, [{ a: "1" }]))).to.deep.equal(["stale"]);
    const verdict = judge(history, [{ a: "1" }], { clockErrorMs: 1 });
    expect(verdict).to.include({ result: "valid", clockErrorMs: 1 });
  });

  it("finds items that changed or vanished although the run never wrote them", () => {
    const initial = { b: "1", c: "2", d: "3" };
    const looks: Record<string, string>[] = [
      { b: "1", c: "9", d: "3" },
      { b: "1", c: "9" },
    ];
    const verdict = judge([write("a", "1", [0, 1], { type: "info" })], looks, { initial });
    expect(verdict.counts).to.include({ "untouched-changed": 2 });
    expect(verdict.anomalies.map(({ message }) => message)).to.deep.equal([
      "c, which the run never wrote, was changed at the first look. Before the run it was 2",
      "d, which the run never wrote, was gone at the second look. Before the run it was 3",
    ]);
  });
});
