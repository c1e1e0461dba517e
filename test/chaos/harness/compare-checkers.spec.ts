import { expect } from "chai";
import { compareCheckers } from "./model/compare-checkers.ts";

describe("check, held against a brute-force checker of docs/history-model.md", function () {
  this.timeout(120_000);

  it("agrees on 20,000 random small histories", () => {
    const seed = Date.now() % 2 ** 31;
    const { misses, falseAlarms, otherCause, undecided, ...rest } = compareCheckers(20_000, seed);
    const counts = { misses, falseAlarms, otherCause, undecided };
    expect(counts, `npm run check-checkers -- --count 20000 --seed ${String(seed)}`).to.deep.equal({
      misses: 0,
      falseAlarms: 0,
      otherCause: 0,
      undecided: 0,
    });
    expect(rest.legal).to.be.greaterThan(5_000);
    expect(rest.illegal).to.be.greaterThan(2_000);
    expect(Object.keys(rest.kinds)).to.have.lengthOf(10);
  });
});
