import { expect } from "chai";
import type { Op } from "../../../../chaos/harness/history.ts";
import { kinds, judge } from "../../support/judge.ts";
import { effect, judgeStores, sight } from "../../support/judge-stores.ts";
import { write } from "../../support/op.ts";

const info = { type: "info", status: 500 } as const;
const queued = { type: "queued" } as const;
const put = (
  key: string,
  value: string,
  times: readonly [number, number],
  more: Partial<Op> = {},
) => effect({ key, put: value }, times, more);

describe("judgeRun", () => {
  it("judges a plain register in one store as the checker of registers does", () => {
    const history = [write("a", "1", [0, 1]), write("a", "2", [2, 3], queued)];
    for (const found of ["2", "1", undefined]) {
      const values: Record<string, string> = found === undefined ? {} : { a: found };
      const { evidence, counts, result } = judgeStores(history, [{ table: values }]);
      expect({ evidence, counts, result }).to.deep.equal(
        (({ evidence: e, counts: c, result: r }) => ({ evidence: e, counts: c, result: r }))(
          judge(history, [values]),
        ),
      );
    }
  });

  describe("with several stores", () => {
    const history = [put("a", "1", [0, 1])];

    it("asks every store for an effect, and names the one that misses it", () => {
      expect(judgeStores(history, [{ table: { a: "1" }, index: { a: "1" } }]).result).to.equal(
        "valid",
      );
      const verdict = judgeStores(history, [{ table: { a: "1" }, index: {} }]);
      expect(kinds(verdict)).to.deep.equal(["lost"]);
      expect(verdict.anomalies[0]?.message).to.match(/^In index: a/);
      expect(verdict.result).to.equal("invalid");
    });

    it("asks for counters and lists in every store, too", () => {
      const both = [
        effect({ key: "a", add: 2 }, [0, 1]),
        effect({ key: "l", append: "x" }, [0, 1]),
      ];
      const table = { a: 2, l: ["x"] };
      expect(judgeStores(both, [{ table, index: table }]).result).to.equal("valid");
      const verdict = judgeStores(both, [{ table, index: { a: 1 } }]);
      expect(kinds(verdict)).to.deep.equal(["lost", "lost"]);
      for (const { message } of verdict.anomalies) expect(message).to.match(/^In index: /);
    });

    it("asks the one store that `in` names, and takes the effect for a phantom elsewhere", () => {
      const one = [effect({ key: "a", put: "1", in: "bucket" }, [0, 1])];
      expect(kinds(judgeStores(one, [{ table: {}, bucket: { a: "1" } }]))).to.deep.equal([]);
      const elsewhere = judgeStores(one, [{ table: { a: "1" }, bucket: {} }]);
      expect(kinds(elsewhere)).to.have.members(["phantom", "lost"]);
    });

    it("takes a store's name literally where `in` names it", () => {
      const one = [effect({ key: "a", put: "1", in: "orders and items" }, [0, 1])];
      const other = { table: {}, "orders and items": {} };
      expect(kinds(judgeStores(one, [other]))).to.deep.equal(["lost"]);
    });

    it("holds reads against the first store that has effects of the key", () => {
      const one = [effect({ key: "a", put: "1", in: "bucket" }, [0, 1]), sight("1", [2, 3])];
      expect(kinds(judgeStores(one, [{ table: {}, bucket: { a: "1" } }]))).to.deep.equal([]);
      const stale = [
        effect({ key: "a", put: "1", in: "bucket" }, [0, 1]),
        sight(undefined, [2, 3]),
      ];
      const verdict = judgeStores(stale, [{ table: {}, bucket: { a: "1" } }]);
      expect(kinds(verdict)).to.deep.equal(["stale-read"]);
    });

    it("calls a dead letter one in the store alone that misses it", () => {
      const givenUp = [{ key: "a", put: "1", in: "index" }];
      const ops = [put("a", "1", [0, 1], queued)];
      const verdict = judgeStores(ops, [{ table: {}, index: {} }], { givenUp });
      expect(kinds(verdict).sort()).to.deep.equal(["dead-lettered", "lost"]);
    });

    it("finds an item from before the run that one store has lost", () => {
      const initial = { table: { z: "0" }, index: { z: "0" } };
      const looks = [{ table: { a: "1", z: "0" }, index: { a: "1" } }];
      expect(kinds(judgeStores(history, looks, { initial }))).to.deep.equal(["untouched-changed"]);
    });
  });

  describe("with removes", () => {
    const remove = (times: readonly [number, number], more: Partial<Op> = {}) =>
      effect({ key: "a", remove: true }, times, more);

    it("takes a key that is gone", () => {
      const history = [put("a", "1", [0, 1]), remove([2, 3])];
      expect(judgeStores(history, [{ table: {} }]).result).to.equal("valid");
    });

    it("finds what was removed and came back, and what was never removed", () => {
      const history = [put("a", "1", [0, 1]), remove([2, 3])];
      expect(kinds(judgeStores(history, [{ table: { a: "1" } }]))).to.deep.equal(["stale"]);
      const twice = kinds(judgeStores(history, [{ table: {} }, { table: { a: "1" } }]));
      expect(twice).to.deep.equal(["late-overwrite"]);
      const initial = { table: { a: "0" } };
      const kept = judgeStores([remove([2, 3])], [{ table: { a: "0" } }], { initial });
      expect(kinds(kept), "what was there before is older").to.deep.equal(["stale"]);
    });

    it("finds a put after it that is lost", () => {
      const history = [remove([0, 1]), put("a", "2", [2, 3])];
      expect(kinds(judgeStores(history, [{ table: {} }]))).to.have.lengthOf(1);
      expect(judgeStores(history, [{ table: {} }]).result).to.equal("invalid");
    });

    it("leaves open whether an unanswered or overlapping one has happened", () => {
      for (const found of [{}, { a: "1" }]) {
        const unanswered = [put("a", "1", [0, 1]), remove([2, 3], info)];
        expect(kinds(judgeStores(unanswered, [{ table: found }]))).to.deep.equal([]);
        const overlapping = [put("a", "1", [0, 2]), remove([1, 3])];
        expect(kinds(judgeStores(overlapping, [{ table: found }]))).to.deep.equal([]);
      }
    });

    it("finds a read that shows what was removed", () => {
      const history = [put("a", "1", [0, 1]), remove([2, 3]), sight("1", [4, 5])];
      expect(kinds(judgeStores(history, [{ table: {} }]))).to.deep.equal(["stale-read"]);
    });
  });

  describe("where the application chooses the keys", () => {
    const unknown = (more: Partial<Op> = {}) => ({
      ...effect([], [0, 1], { ...info, ...more }),
      isKeyUnknown: true,
    });

    it("grants each unanswered write one item that nobody knows", () => {
      expect(judgeStores([unknown()], [{ table: { k1: "1" } }]).result).to.equal("valid");
      expect(kinds(judgeStores([unknown()], [{ table: { k1: "1", k2: "1" } }]))).to.deep.equal([
        "phantom",
      ]);
      expect(kinds(judgeStores([], [{ table: { k1: "1" } }]))).to.deep.equal(["phantom"]);
    });

    it("grants it at both looks, and in every store", () => {
      const table = { k1: "1" };
      expect(kinds(judgeStores([unknown()], [{ table }, { table }]))).to.deep.equal([]);
      const stores = { table, index: table };
      expect(kinds(judgeStores([unknown()], [stores]))).to.deep.equal([]);
    });

    it("grants a refused one nothing", () => {
      const refused = unknown({ type: "fail", status: 400 });
      expect(kinds(judgeStores([refused], [{ table: { k1: "1" } }]))).to.deep.equal(["phantom"]);
    });

    it("grants no other value of a known key", () => {
      const history = [put("a", "1", [0, 1]), unknown()];
      expect(kinds(judgeStores(history, [{ table: { a: "9" } }]))).to.include("phantom");
    });
  });

  it("says of a key with effects of several models that it is one of them", () => {
    const history = [effect({ key: "a", add: 1 }, [0, 1]), put("a", "1", [2, 3])];
    expect(() => judgeStores(history, [{ table: {} }])).to.throw(
      TypeError,
      "The effects on a are of a counter and of a register; a key is one of them.",
    );
  });

  describe("evidence", () => {
    it("counts every add and every append, and of a register the last write", () => {
      const history = [
        effect({ key: "c", add: 1 }, [0, 1]),
        effect({ key: "c", add: 1 }, [2, 3], queued),
        effect({ key: "l", append: "x" }, [0, 1]),
        effect({ key: "l", append: "y" }, [2, 3], queued),
        put("r", "1", [0, 1]),
        put("r", "2", [2, 3]),
      ];
      const { evidence } = judgeStores(history, [{ table: { c: 2, l: ["x", "y"], r: "2" } }]);
      expect(evidence).to.include({ all: 5, queued: 2 });
    });

    it("counts a write once, in however many stores and with however many effects", () => {
      const op = effect(
        [
          { key: "a", put: "1" },
          { key: "b", add: 1 },
        ],
        [0, 1],
        queued,
      );
      const table = { a: "1", b: 1 };
      const { evidence, acknowledged } = judgeStores([op], [{ table, index: table }]);
      expect(evidence).to.include({ all: 1, queued: 1 });
      expect(acknowledged).to.equal(1);
    });

    it("leaves out what would look the same without it", () => {
      const covered = [
        effect({ key: "c", add: 1 }, [0, 1]),
        effect({ key: "c", add: 1 }, [2, 3], info),
      ];
      expect(judgeStores(covered, [{ table: { c: 2 } }]).evidence.all).to.equal(0);
      const nothing = [effect({ key: "c", add: 0 }, [0, 1])];
      expect(judgeStores(nothing, [{ table: {} }]).evidence.all).to.equal(0);
      const same = [
        effect({ key: "l", append: "x" }, [0, 1]),
        effect({ key: "l", append: "x" }, [2, 3], info),
      ];
      expect(judgeStores(same, [{ table: { l: ["x"] } }]).evidence.all).to.equal(0);
      const undrained = [effect({ key: "c", add: 1 }, [0, 1], queued)];
      const { evidence } = judgeStores(undrained, [{ table: { c: 1 } }], { drained: false });
      expect(evidence.all).to.equal(0);
    });
  });
});
