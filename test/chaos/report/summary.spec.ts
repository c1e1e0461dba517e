import { expect } from "chai";
import { exitCode } from "../../../chaos/report/summary.ts";

describe("exitCode", () => {
  it("is 0 only when every experiment held", () => {
    expect(exitCode(["held", "held"])).to.equal(0);
    expect(exitCode([])).to.equal(3);
  });

  it("leaves out what could not be tried, unless that is everything", () => {
    expect(exitCode(["held", "not-applicable"])).to.equal(0);
    expect(exitCode(["not-applicable", "not-applicable"])).to.equal(3);
    expect(exitCode(["unknown", "not-applicable"])).to.equal(2);
  });

  it("is 1 when something did not hold, whatever else happened", () => {
    expect(exitCode(["held", "unknown", "could-not-run", "not-held"])).to.equal(1);
  });

  it("is 3 when something could not run, and 2 when something is unknown", () => {
    expect(exitCode(["held", "unknown", "could-not-run"])).to.equal(3);
    expect(exitCode(["held", "unknown"])).to.equal(2);
  });
});
