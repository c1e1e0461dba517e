import { expect } from "chai";
import type { Op } from "../../../../chaos/harness/history.ts";
import { kinds } from "../../support/judge.ts";
import { effect, judgeStores } from "../../support/judge-stores.ts";

const info = { type: "info", status: 500 } as const;
const queued = { type: "queued" } as const;
const put = (
  key: string,
  value: string,
  times: readonly [number, number],
  more: Partial<Op> = {},
) => effect({ key, put: value }, times, more);

describe("judgeRun, on writes of several effects", () => {
  const transfer = (more: Partial<Op> = {}) =>
    effect(
      [
        { key: "a", put: "1" },
        { key: "b", put: "1" },
      ],
      [0, 1],
      more,
    );

  it("finds an unanswered one that is half there", () => {
    const verdict = judgeStores([transfer(info)], [{ table: { a: "1" } }]);
    expect(kinds(verdict)).to.deep.equal(["torn"]);
    expect(verdict.anomalies[0]?.message).to.equal(
      "A write of several effects that was answered with 500 shows in part: a in table has 1, and b in table has it not.",
    );
  });

  it("takes one that is wholly there, or not at all", () => {
    expect(kinds(judgeStores([transfer(info)], [{ table: { a: "1", b: "1" } }]))).to.deep.equal([]);
    expect(kinds(judgeStores([transfer(info)], [{ table: {} }]))).to.deep.equal([]);
  });

  it("says of an acknowledged one that its missing half is lost", () => {
    expect(kinds(judgeStores([transfer()], [{ table: { a: "1" } }]))).to.deep.equal(["lost"]);
  });

  it("does not blame it for what another write may have replaced", () => {
    for (const type of ["ok", "queued", "info"] as const) {
      const other = put("b", "2", [5, 6], { type });
      const verdict = judgeStores([transfer(info), other], [{ table: { a: "1", b: "2" } }]);
      expect(kinds(verdict), type).to.deep.equal([]);
    }
    const before = put("b", "0", [-3, -2]);
    const kept = judgeStores([before, transfer(info)], [{ table: { a: "1", b: "0" } }]);
    expect(kinds(kept), "replaced by nothing").to.deep.equal(["torn"]);
    const late = put("b", "0", [-3, -2], queued);
    const maybe = judgeStores([late, transfer(info)], [{ table: { a: "1", b: "0" } }]);
    expect(kinds(maybe), "a queued one may arrive later").to.deep.equal([]);
  });

  it("does not take another write of the same value for it", () => {
    const other = put("a", "1", [5, 6]);
    expect(kinds(judgeStores([transfer(info), other], [{ table: { a: "1" } }]))).to.deep.equal([]);
    const initial = { table: { a: "1" } };
    const verdict = judgeStores([transfer(info)], [{ table: { a: "1" } }], { initial });
    expect(kinds(verdict)).to.deep.equal([]);
  });

  it("judges by the last look, as it may still be under way at the first", () => {
    const looks = [{ table: { a: "1" } }, { table: { a: "1", b: "1" } }];
    expect(kinds(judgeStores([transfer(info)], looks))).to.deep.equal([]);
  });

  it("finds one that is half there across stores, and in a list", () => {
    const op = effect(
      [
        { key: "a", put: "1", in: "table" },
        { key: "log", append: "1", in: "log" },
      ],
      [0, 1],
      info,
    );
    const torn = [{ table: { a: "1" }, log: { log: [] } }];
    expect(kinds(judgeStores([op], torn))).to.deep.equal(["torn"]);
    expect(kinds(judgeStores([op], [{ table: {}, log: { log: ["1"] } }]))).to.deep.equal(["torn"]);
    expect(kinds(judgeStores([op], [{ table: { a: "1" }, log: { log: ["1"] } }]))).to.deep.equal(
      [],
    );
  });

  it("judges each effect of an acknowledged one by its own model", () => {
    const order = effect(
      [
        { key: "order", put: "placed" },
        { key: "stock", add: -1 },
        { key: "log", append: "placed" },
      ],
      [0, 1],
    );
    const initial = { table: { stock: 5 } };
    const fine = { table: { order: "placed", stock: 4, log: ["placed"] } };
    expect(judgeStores([order], [fine], { initial }).result).to.equal("valid");
    const none = judgeStores([order], [{ table: { stock: 5 } }], { initial });
    expect(kinds(none)).to.deep.equal(["lost", "lost", "lost"]);
  });
});
