import { expect } from "chai";
import { createWriteVersions } from "../../../packages/write-buffer/src/runtime/write-version.ts";

describe("createWriteVersions", () => {
  const at = (wallMs: number, fineMs: number) => ({ wallMs: () => wallMs, fineMs: () => fineMs });

  it("gives microseconds since the epoch", () => {
    expect(createWriteVersions(at(1_000, 1_000.25)).next()).to.equal(1_000_250);
  });

  it("keeps a fine clock that has drifted inside the wall clock's millisecond", () => {
    expect(createWriteVersions(at(1_000, 990)).next()).to.equal(1_000_000);
    expect(createWriteVersions(at(1_000, 1_007.5)).next()).to.equal(1_000_999);
  });

  it("neither repeats nor goes back when the clocks do", () => {
    let nowMs = 5_000;
    const versions = createWriteVersions({ wallMs: () => nowMs, fineMs: () => nowMs });
    const first = versions.next();
    expect(versions.next()).to.equal(first + 1);
    nowMs = 4_000;
    expect(versions.next()).to.equal(first + 2);
  });

  it("exceeds a version it is told of, then and later", () => {
    const versions = createWriteVersions(at(1_000, 1_000));
    expect(versions.next(9_000_000)).to.equal(9_000_001);
    expect(versions.next()).to.equal(9_000_002);
  });

  it("rises with the system's clocks and stays an exact integer", () => {
    const versions = createWriteVersions();
    let last = 0;
    for (let count = 0; count < 10_000; count++) {
      const next = versions.next();
      expect(Number.isSafeInteger(next) && next > last).to.equal(true);
      last = next;
    }
  });
});
