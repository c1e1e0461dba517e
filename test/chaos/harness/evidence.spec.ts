import { expect } from "chai";
import { tellingWrites } from "../../../chaos/harness/evidence.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import { judge, read } from "../support/judge.ts";
import { write } from "../support/op.ts";
import { isLegal } from "./model/brute-force-checker.ts";
import { Random } from "./model/random.ts";
import { losingRun } from "./model/random-history.ts";
import { toCheckInput } from "./model/to-check-input.ts";

const queued = { type: "queued" } as const;
const w = (value: string, times: readonly [number, number], more: Partial<Op> = {}) =>
  write("a", value, times, more);
const evidenceOf = (...input: Parameters<typeof judge>) => judge(...input).evidence;

describe("gatherEvidence", () => {
  it("counts the last acknowledged write of each key", () => {
    const history = [w("1", [0, 1], queued), w("2", [2, 3], queued), write("b", "1", [0, 1])];
    expect(evidenceOf(history, [{ a: "2", b: "1" }])).to.include({ queued: 1, all: 2 });
    expect(evidenceOf(history, [])).to.deep.equal({ queued: 0, all: 0 });
  });

  it("counts a direct write that a read had to show before the next one", () => {
    const history = [w("1", [0, 1]), read("1", [2, 3]), w("2", [4, 5])];
    expect(evidenceOf(history, [{ a: "2" }])).to.include({ all: 2 });
    const tooLate = [w("1", [0, 1]), read("1", [2, 4.5]), w("2", [4, 5])];
    expect(evidenceOf(tooLate, [{ a: "2" }])).to.include({ all: 1 });
  });

  it("leaves out what would have looked the same without it", () => {
    expect(evidenceOf([w("1", [0, 1])], [{ a: "1" }], { initial: { a: "1" } }).all).to.equal(0);
    expect(evidenceOf([w("1", [0, 1]), w("1", [2, 3])], [{ a: "1" }]).all).to.equal(0);
    expect(evidenceOf([w("1", [0, 2]), w("2", [1, 3])], [{ a: "1" }]).all).to.equal(0);
    const covered = [w("1", [0, 1]), w("1", [2, 3], { type: "info" })];
    expect(evidenceOf(covered, [{ a: "1" }]).all).to.equal(0);
  });

  it("leaves out queued writes while the queue has not drained", () => {
    expect(evidenceOf([w("1", [0, 1], queued)], [{ a: "1" }], { drained: false }).all).to.equal(0);
  });

  it("says which loss a run finds with 99 %", () => {
    const history = Array.from({ length: 459 }, (_, index) =>
      write(`key-${String(index)}`, "1", [0, 1], queued),
    );
    const table = Object.fromEntries(history.map(({ key }) => [key, "1"]));
    const { queued: count, smallestLossRate = 1 } = evidenceOf(history, [table]);
    expect(count).to.equal(459);
    expect(smallestLossRate).to.be.within(0.0099, 0.01);
  });

  it("counts no write whose loss would have been legal", () => {
    const random = new Random(Date.now() % 2 ** 31);
    let counted = 0;
    for (let run = 0; run < 10_000; run += 1) {
      const { history, lost } = losingRun(random);
      if (!lost || !tellingWrites(toCheckInput(history)).includes(lost)) continue;
      counted += 1;
      expect(isLegal(history), JSON.stringify({ history, lost })).to.equal(false);
    }
    expect(counted).to.be.greaterThan(500);
  });
});
