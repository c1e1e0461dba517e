import { expect } from "chai";
import { UndecidedError } from "../../../chaos/harness/step-errors.ts";
import { assertEvidence, evidenceFloor } from "../../../chaos/objectives/evidence-floor.ts";

const of = (all: number, acknowledged: number) =>
  assertEvidence({ acknowledged, evidence: { queued: 0, all } });

describe("evidenceFloor", () => {
  it("is a quarter of what was acknowledged, and never so few that a loss of 20 % goes unnoticed", () => {
    expect(evidenceFloor(0)).to.equal(21);
    expect(0.8 ** evidenceFloor(0)).to.be.below(0.01);
    expect(evidenceFloor(512)).to.equal(128);
  });

  it("asks for no more than it takes to find a loss of 1 %", () => {
    expect(evidenceFloor(1_000_000)).to.equal(459);
    expect(0.99 ** 459).to.be.below(0.01);
  });

  it("lets a run pass that has enough", () => {
    expect(of(128, 512)).to.equal("128 of 512, and 128 are the least");
  });

  it("says of a weak run which loss it may well have missed", () => {
    expect(() => of(60, 512)).to.throw(
      UndecidedError,
      /^The evidence is too weak: 60 of 512, and 128 are the least\. .* may well miss a loss of 7\.4 %/,
    );
    expect(() => of(0, 0)).to.throw(UndecidedError, /may well miss any loss/);
  });
});
