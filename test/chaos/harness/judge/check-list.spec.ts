import { expect } from "chai";
import type { Op } from "../../../../chaos/harness/history.ts";
import { kinds } from "../../support/judge.ts";
import { effect, judgeStores, sight } from "../../support/judge-stores.ts";
import type { JudgeOptions } from "../../support/judge-stores.ts";

const info = { type: "info" } as const;
const queued = { type: "queued" } as const;
const append = (element: string, times: readonly [number, number], more: Partial<Op> = {}) =>
  effect({ key: "a", append: element }, times, more);
type Elements = readonly string[] | string | number | undefined;
const judge = (history: readonly Op[], found: Elements, more?: JudgeOptions) =>
  judgeStores(history, [{ table: { a: found } }], more);
const kindsOf = (...input: Parameters<typeof judge>) => kinds(judge(...input));

describe("checkList", () => {
  const two = [append("x", [0, 1]), append("y", [2, 3])];

  it("takes each acknowledged element once", () => {
    expect(judge(two, ["x", "y"]).result).to.equal("valid");
  });

  it("names an acknowledged element that is not there", () => {
    const verdict = judge(two, ["y"]);
    expect(kinds(verdict)).to.deep.equal(["lost"]);
    expect(verdict.anomalies[0]?.message).to.equal(
      'a: "x", which was acknowledged, is not in the list that a had at the first look.',
    );
    expect(verdict.anomalies[0]?.expected?.index).to.equal(two[0]?.index);
    expect(kindsOf(two, undefined)).to.deep.equal(["lost", "lost"]);
  });

  it("finds one that is there twice", () => {
    const verdict = judge(two, ["x", "y", "x"]);
    expect(kinds(verdict)).to.deep.equal(["duplicated"]);
    expect(verdict.anomalies[0]?.message).to.include('"x" 2 times');
  });

  it("finds one that nobody sent, or that was refused", () => {
    expect(kindsOf(two, ["x", "y", "z"])).to.deep.equal(["phantom"]);
    const refused = [...two, append("z", [4, 5], { type: "fail", status: 400 })];
    expect(kindsOf(refused, ["x", "y", "z"])).to.deep.equal(["phantom"]);
  });

  it("leaves open whether an unanswered one is there, but not twice", () => {
    const history = [append("x", [0, 1]), append("u", [2, 3], info)];
    expect(kindsOf(history, ["x"])).to.deep.equal([]);
    expect(kindsOf(history, ["x", "u"])).to.deep.equal([]);
    expect(kindsOf(history, ["x", "u", "u"])).to.deep.equal(["duplicated"]);
  });

  it("does not take something else for a list", () => {
    for (const found of ["x,y", 7]) expect(kindsOf(two, found)).to.deep.equal(["phantom"]);
  });

  it("looks at the order only where lists are ordered", () => {
    expect(kindsOf(two, ["y", "x"])).to.deep.equal([]);
    const verdict = judge(two, ["y", "x"], { ordered: true });
    expect(kinds(verdict)).to.deep.equal(["reordered"]);
    expect(verdict.anomalies[0]?.message).to.include('"y" before "x"');
    expect(kindsOf(two, ["x", "y"], { ordered: true })).to.deep.equal([]);
  });

  it("compares elements that are no neighbours", () => {
    const history = [append("x", [0, 1]), append("u", [0, 9], info), append("y", [2, 3])];
    expect(kindsOf(history, ["y", "u", "x"], { ordered: true })).to.deep.equal(["reordered"]);
    const long = [append("x", [0, 1]), append("c", [0, 9]), append("y", [2, 3])];
    expect(kindsOf(long, ["y", "c", "x"], { ordered: true })).to.deep.equal(["reordered"]);
  });

  it("takes elements that were sent at the same time in either order", () => {
    const history = [append("x", [0, 2], queued), append("y", [1, 3], queued)];
    for (const found of [
      ["x", "y"],
      ["y", "x"],
    ])
      expect(kindsOf(history, found, { ordered: true })).to.deep.equal([]);
    const touching = [append("x", [0, 2]), append("y", [2, 3])];
    expect(kindsOf(touching, ["y", "x"], { ordered: true })).to.deep.equal([]);
  });

  it("keeps what was in the list before the run", () => {
    const initial = { table: { a: ["old", "older"] } };
    expect(kindsOf(two, ["old", "older", "x", "y"], { initial })).to.deep.equal([]);
    const verdict = judge(two, ["old", "x", "y"], { initial });
    expect(kinds(verdict)).to.deep.equal(["vanished-item"]);
    expect(verdict.anomalies[0]?.message).to.include('no "older"');
    expect(kindsOf(two, ["old", "old", "older", "x", "y"], { initial })).to.deep.equal([
      "duplicated",
    ]);
  });

  it("does not take an element from before the run for the one that was appended", () => {
    const initial = { table: { a: ["x"] } };
    expect(kindsOf([append("x", [0, 1])], ["x"], { initial })).to.deep.equal(["lost"]);
    expect(kindsOf([append("x", [0, 1])], ["x", "x"], { initial })).to.deep.equal([]);
  });

  it("calls what was given up on dead-lettered", () => {
    const history = [append("x", [0, 1]), append("y", [2, 3], queued)];
    const givenUp = [{ key: "a", append: "y" }];
    expect(kindsOf(history, ["x"], { givenUp })).to.deep.equal(["dead-lettered"]);
    expect(kindsOf(history, ["x", "y"], { givenUp }), "harmless").to.deep.equal([]);
    expect(kindsOf(history, ["y"], { givenUp })).to.deep.equal(["lost"]);
  });

  it("asks for queued elements once nothing is pending, and is unknown before", () => {
    const history = [append("x", [0, 1], queued)];
    expect(kindsOf(history, [])).to.deep.equal(["lost"]);
    const before = judge(history, [], { drained: false });
    expect(kinds(before)).to.deep.equal([]);
    expect(before.result).to.equal("unknown");
  });

  describe("on reads", () => {
    const history = (found: Elements, times: readonly [number, number]) => [
      append("x", [0, 1]),
      append("y", [10, 20]),
      sight(found, times),
      append("z", [30, 31]),
    ];
    const end = ["x", "y", "z"];

    it("takes what was under way or not", () => {
      for (const found of [["x"], ["x", "y"]])
        expect(kindsOf(history(found, [12, 15]), end)).to.deep.equal([]);
    });

    it("finds one without what had been acknowledged", () => {
      expect(kindsOf(history(["x"], [21, 22]), end)).to.deep.equal(["stale-read"]);
      expect(kindsOf(history(undefined, [2, 3]), end), "a 404").to.deep.equal(["stale-read"]);
    });

    it("finds one with what had not been sent", () => {
      expect(kindsOf(history(["x", "y", "z"], [21, 22]), end)).to.deep.equal(["future-read"]);
      expect(kindsOf(history(["x", "y", "q"], [21, 22]), end)).to.deep.equal(["phantom"]);
    });

    it("finds one in the wrong order", () => {
      const found = kindsOf(history(["y", "x"], [21, 22]), end, { ordered: true });
      expect(found).to.deep.equal(["reordered"]);
    });

    it("finds one without what an earlier read had shown, also across one at the same time", () => {
      const u = append("u", [0, 1], info);
      const back = [u, sight(["u"], [2, 3]), sight([], [4, 5])];
      expect(kindsOf(back, ["u"])).to.deep.equal(["non-monotonic-read"]);
      const overlapping = [u, sight(["u"], [2, 5]), sight([], [4, 6])];
      expect(kindsOf(overlapping, ["u"])).to.deep.equal([]);
      const between = [u, sight(["u"], [2, 3]), sight(["u"], [2, 5]), sight([], [4, 6])];
      expect(kindsOf(between, ["u"])).to.deep.equal(["non-monotonic-read"]);
    });

    it("finds a look without what a read had shown of an unanswered write", () => {
      const seen = [append("u", [0, 1], info), sight(["u"], [2, 3])];
      expect(kindsOf(seen, [])).to.deep.equal(["vanished-item"]);
      const acknowledged = [append("x", [0, 1]), sight(["x"], [2, 3])];
      expect(kindsOf(acknowledged, []), "said once").to.deep.equal(["lost"]);
    });
  });

  it("judges every look, and names the same finding once", () => {
    const looks = (first: readonly string[], second: readonly string[], history = two) =>
      kinds(judgeStores(history, [{ table: { a: first } }, { table: { a: second } }]));
    expect(looks(["x"], ["x"])).to.deep.equal(["lost"]);
    expect(looks(["x", "y"], ["x"])).to.deep.equal(["lost"]);
    expect(looks(["x", "y"], ["x", "y", "y"])).to.deep.equal(["duplicated"]);
    const unknown = [append("u", [0, 1], info)];
    expect(looks(["u"], [], unknown), "the second forgets").to.deep.equal(["vanished-item"]);
  });
});
