import { expect } from "chai";
import type { Op } from "../../../../chaos/harness/history.ts";
import { kinds } from "../../support/judge.ts";
import { effect, judgeStores, sight } from "../../support/judge-stores.ts";
import type { JudgeOptions } from "../../support/judge-stores.ts";

const info = { type: "info" } as const;
const queued = { type: "queued" } as const;
const add = (amount: number, times: readonly [number, number], more: Partial<Op> = {}) =>
  effect({ key: "a", add: amount }, times, more);
const judge = (history: readonly Op[], found: number | string | undefined, more?: JudgeOptions) =>
  judgeStores(history, [{ table: { a: found } }], more);
const kindsOf = (...input: Parameters<typeof judge>) => kinds(judge(...input));

describe("checkCounter", () => {
  const three = [add(1, [0, 1]), add(1, [2, 3]), add(1, [4, 5])];

  it("takes the sum of the acknowledged, as a number or as its text", () => {
    expect(judge(three, 3).result).to.equal("valid");
    expect(judge(three, "3").result).to.equal("valid");
    const halves = [add(0.1, [0, 1]), add(0.2, [2, 3])];
    expect(kindsOf(halves, 0.3), "fractions are rounded").to.deep.equal([]);
  });

  it("counts what is missing as lost, and says how much", () => {
    const verdict = judge(three, 1);
    expect(kinds(verdict)).to.deep.equal(["lost"]);
    expect(verdict.anomalies[0]?.message).to.equal(
      "a had at the first look 1, and 3 acknowledged writes make it 3: 2 is lost.",
    );
    expect(verdict.result).to.equal("invalid");
    expect(verdict.counts.lost, "writes, not keys").to.equal(2);
    expect(judge([add(5, [0, 1]), add(1, [2, 3])], 2).counts.lost, "the 5 alone").to.equal(1);
  });

  it("takes a key that is absent for 0", () => {
    expect(kindsOf(three, undefined)).to.deep.equal(["lost"]);
    expect(kindsOf([add(1, [0, 1], info)], undefined)).to.deep.equal([]);
  });

  it("finds an add that a retry has applied twice", () => {
    const verdict = judge(three, 4);
    expect(kinds(verdict)).to.deep.equal(["duplicated"]);
    expect(verdict.anomalies[0]?.message).to.include("3 acknowledged writes make it 3: 1 too much");
  });

  it("leaves open whether an unanswered add has happened, and grants it once", () => {
    const history = [add(1, [0, 1]), add(5, [2, 3], info)];
    expect(kindsOf(history, 1)).to.deep.equal([]);
    expect(kindsOf(history, 6)).to.deep.equal([]);
    expect(kindsOf(history, 0)).to.deep.equal(["lost"]);
    expect(kindsOf(history, 11)).to.deep.equal(["duplicated"]);
    expect(judge(history, 0).anomalies[0]?.message).to.include("and of 1 more nobody knows");
  });

  it("grants a refused add never", () => {
    const history = [add(1, [0, 1]), add(5, [2, 3], { type: "fail", status: 400 })];
    expect(kindsOf(history, 6)).to.deep.equal(["duplicated"]);
  });

  it("knows negative adds: too little taken is lost, too much taken is duplicated", () => {
    const history = [add(-2, [0, 1]), add(-3, [2, 3])];
    const initial = { table: { a: 10 } };
    expect(kindsOf(history, 5, { initial })).to.deep.equal([]);
    expect(kindsOf(history, 8, { initial })).to.deep.equal(["lost"]);
    expect(kindsOf(history, 2, { initial })).to.deep.equal(["duplicated"]);
  });

  it("lets an unanswered add go down as well as up", () => {
    const history = [add(4, [0, 1]), add(-1, [2, 3], info), add(2, [2, 3], info)];
    for (const found of [3, 4, 5, 6]) expect(kindsOf(history, found)).to.deep.equal([]);
    expect(kindsOf(history, 2)).to.deep.equal(["lost"]);
    expect(kindsOf(history, 7)).to.deep.equal(["duplicated"]);
  });

  it("counts from what was there before the run", () => {
    const initial = { table: { a: 40 } };
    expect(kindsOf(three, 43, { initial })).to.deep.equal([]);
    expect(kindsOf(three, 3, { initial })).to.deep.equal(["lost"]);
  });

  it("does not take something else for a number", () => {
    for (const found of ["many", "", "1x"]) {
      const verdict = judge(three, found);
      expect(kinds(verdict), found).to.deep.equal(["phantom"]);
      expect(verdict.anomalies[0]?.message).to.include("which is no number");
    }
  });

  it("calls what was given up on dead-lettered", () => {
    const history = [add(1, [0, 1]), add(2, [2, 3], queued)];
    const givenUp = [{ key: "a", add: 2 }];
    expect(kindsOf(history, 1, { givenUp })).to.deep.equal(["dead-lettered"]);
    expect(kindsOf(history, 3, { givenUp }), "harmless").to.deep.equal([]);
    expect(kindsOf(history, 1, { givenUp: [{ key: "b", add: 2 }] })).to.deep.equal(["lost"]);
    expect(kindsOf(history, 0, { givenUp }), "more is missing").to.deep.equal(["lost"]);
  });

  it("asks for queued adds once nothing is pending, and is unknown before", () => {
    const history = [add(1, [0, 1]), add(2, [2, 3], queued)];
    expect(kindsOf(history, 1)).to.deep.equal(["lost"]);
    const before = judge(history, 1, { drained: false });
    expect(kinds(before)).to.deep.equal([]);
    expect(before.result).to.equal("unknown");
    expect(kindsOf(history, 0, { drained: false }), "a direct one").to.deep.equal(["lost"]);
    expect(kindsOf(history, 4, { drained: false })).to.deep.equal(["duplicated"]);
  });

  describe("on reads", () => {
    const read = (found: number | undefined, times: readonly [number, number]) => [
      add(1, [0, 1]),
      add(1, [10, 20]),
      sight(found, times),
      add(1, [30, 31]),
    ];

    it("takes any sum of what was under way", () => {
      for (const found of [1, 2]) expect(kindsOf(read(found, [12, 15]), 3)).to.deep.equal([]);
      expect(kindsOf(read(2, [21, 22]), 3)).to.deep.equal([]);
    });

    it("finds one that is too low", () => {
      expect(kindsOf(read(1, [21, 22]), 3)).to.deep.equal(["stale-read"]);
      expect(kindsOf(read(undefined, [2, 3]), 3), "a 404").to.deep.equal(["stale-read"]);
    });

    it("finds one that is ahead of what had been sent", () => {
      expect(kindsOf(read(3, [21, 22]), 3)).to.deep.equal(["future-read"]);
    });

    it("finds one that is above everything", () => {
      expect(kindsOf([add(1, [0, 1]), sight(2, [2, 3])], 1)).to.deep.equal(["duplicated"]);
    });

    it("asks for no queued add", () => {
      const history = [add(1, [0, 1], queued), sight(undefined, [2, 3]), sight(1, [4, 5])];
      expect(kindsOf(history, 1)).to.deep.equal([]);
    });

    it("finds a counter that only grows going back", () => {
      const history = [add(5, [0, 1], info), sight(5, [2, 3]), sight(undefined, [4, 5])];
      expect(kindsOf(history, 5)).to.deep.equal(["non-monotonic-read"]);
      const overlapping = [add(5, [0, 1], info), sight(5, [2, 4]), sight(undefined, [3, 5])];
      expect(kindsOf(overlapping, 5)).to.deep.equal([]);
    });

    it("holds a read against all that ended before it, not only against the highest", () => {
      const history = [
        add(5, [0, 1], info),
        add(2, [0, 1], info),
        sight(5, [2, 3]),
        sight(7, [2, 10]),
        sight(2, [4, 12]),
      ];
      expect(kindsOf(history, 7)).to.deep.equal(["non-monotonic-read"]);
    });

    it("finds a look without what a read had shown", () => {
      const history = [add(5, [0, 1], info), sight(5, [2, 3])];
      const verdict = judge(history, undefined);
      expect(kinds(verdict)).to.deep.equal(["vanished-item"]);
      expect(verdict.anomalies[0]?.message).to.equal(
        "a had at the first look 0 after it had shown 5.",
      );
    });

    it("lets a counter with negative adds go back", () => {
      const history = [
        add(5, [0, 1], info),
        add(-5, [0, 1], info),
        sight(5, [2, 3]),
        sight(0, [4, 5]),
      ];
      expect(kindsOf(history, 0)).to.deep.equal([]);
    });
  });

  it("judges every look, and names the same finding once", () => {
    const looks = (first: number, second: number) =>
      kinds(judgeStores(three, [{ table: { a: first } }, { table: { a: second } }]));
    expect(looks(2, 2)).to.deep.equal(["lost"]);
    expect(looks(3, 2)).to.include("lost");
    expect(looks(3, 4)).to.deep.equal(["duplicated"]);
    const unknown = [add(5, [0, 1], info)];
    const verdict = judgeStores(unknown, [{ table: { a: 5 } }, { table: {} }]);
    expect(kinds(verdict), "the second forgets").to.deep.equal(["vanished-item"]);
  });
});
