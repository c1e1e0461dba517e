import { expect } from "chai";
import { countMissing } from "../../../chaos/harness/count-missing.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import type { Effect, Found } from "../../../chaos/workload-contract.ts";

let index = 0;

function write(effect: Effect, [invokeMs, endMs]: [number, number], type: Op["type"] = "queued") {
  const { key } = effect;
  const times = { intendedMs: invokeMs, invokeMs, endMs };
  index += 1;
  return {
    index,
    process: 0,
    kind: "write",
    phase: "during",
    key,
    type,
    effects: [effect],
    ...times,
  } as const;
}

function missing(
  history: readonly Op[],
  found: Record<string, Found>,
  before: Record<string, Found> = {},
) {
  const stores = (of: Record<string, Found>) => ({ table: new Map(Object.entries(of)) });
  return countMissing(history, stores(before), { startMs: 100, endMs: 101, stores: stores(found) });
}

describe("countMissing", () => {
  const first = write({ key: "k", put: "1" }, [1, 2]);
  const second = write({ key: "k", put: "2" }, [3, 4]);

  it("counts each acknowledged write of a register that nothing newer is shown of", () => {
    expect(missing([first, second], {})).to.equal(2);
    expect(missing([first, second], { k: "1" })).to.equal(1);
    expect(missing([first, second], { k: "2" })).to.equal(0);
  });

  it("does not count writes that were not acknowledged, or only after the look began", () => {
    const late = write({ key: "k", put: "3" }, [99, 100]);
    const unanswered = write({ key: "k", put: "4" }, [5, 6], "info");
    const refused = write({ key: "k", put: "5" }, [5, 6], "fail");
    expect(missing([late, unanswered, refused], {})).to.equal(0);
  });

  it("lets an unanswered write that is shown stand for all before it: it may be newer", () => {
    const unanswered = write({ key: "k", put: "0" }, [0, 1], "info");
    expect(missing([unanswered, first, second], { k: "0" })).to.equal(0);
  });

  it("takes a write that overlaps the one that is shown as replaced by it", () => {
    const overlapping = write({ key: "k", put: "3" }, [2, 5]);
    expect(missing([overlapping, second], { k: "3" })).to.equal(0);
  });

  it("counts the fewest adds that make up what a counter lacks, from what it had before", () => {
    const adds = [1, 1, 5].map((add, at) => write({ key: "n", add }, [at, at + 0.5]));
    expect(missing(adds, { n: 17 }, { n: 10 })).to.equal(0);
    expect(missing(adds, { n: 12 }, { n: 10 })).to.equal(1);
    expect(missing(adds, {})).to.equal(3);
  });

  it("counts the elements that a list does not have", () => {
    const appends = ["a", "b"].map((append) => write({ key: "l", append }, [1, 2]));
    expect(missing(appends, { l: ["b"] })).to.equal(1);
    expect(missing(appends, {})).to.equal(2);
  });

  it("counts a removal until nothing is there", () => {
    const removal = write({ key: "k", remove: true }, [5, 6]);
    expect(missing([first, second, removal], { k: "2" })).to.equal(1);
    expect(missing([first, second, removal], {})).to.equal(0);
  });

  it("counts a write once that is missing in several stores", () => {
    const both = {
      ...first,
      effects: [
        { key: "a", put: "1" },
        { key: "b", put: "1" },
      ],
    };
    expect(missing([both], {})).to.equal(1);
    expect(missing([both], { a: "1" })).to.equal(1);
  });
});
