import { expect } from "chai";
import { CpuWatch } from "../../../chaos/harness/cpu-watch.ts";

/** A watch that has seen these slowdowns, one a millisecond. */
function watchOf(slowdowns: readonly number[]): CpuWatch {
  const watch = new CpuWatch(() => 0);
  watch.close();
  slowdowns.forEach((slowdown, atMs) => watch.samples.push({ atMs, slowdown }));
  return watch;
}

const times = (count: number, slowdown: number) => Array<number>(count).fill(slowdown);

describe("CpuWatch", () => {
  it("finds a machine busy when half of the time programs take twice as long", () => {
    expect(watchOf([...times(4, 1), ...times(6, 3)]).busySince(0)).to.include("3.0 times");
    expect(watchOf([...times(6, 1), ...times(4, 3)]).busySince(0)).to.equal(undefined);
  });

  it("finds times doubtful when a tenth of the time programs are slow", () => {
    expect(watchOf([...times(16, 1), ...times(4, 1.6)]).slowSince(0)).to.include("1.6 times");
    expect(watchOf([...times(19, 1), 9]).slowSince(0)).to.equal(undefined);
  });

  it("says nothing of what was before, or of too few samples", () => {
    expect(watchOf([...times(10, 9), ...times(10, 1)]).busySince(10)).to.equal(undefined);
    expect(watchOf(times(3, 9)).busySince(0)).to.equal(undefined);
  });
});
