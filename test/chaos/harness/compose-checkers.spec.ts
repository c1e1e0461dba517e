import { expect } from "chai";
import {
  composeCheckers,
  mergeValidity,
  toResult,
} from "../../../chaos/harness/compose-checkers.ts";
import type { Checker } from "../../../chaos/harness/compose-checkers.ts";

const input = {
  history: [],
  initialTable: new Map(),
  looks: [],
  drained: true,
  faultFired: true,
};
const valid: Checker = () => toResult([]);
const unknown: Checker = () => toResult([], ["Nobody knows."]);
const invalid: Checker = () =>
  toResult([{ kind: "lost", key: "a", message: "a is lost.", looks: [], writes: [] }]);
const crashing: Checker = () => {
  throw new RangeError("out of cheese");
};

describe("composeCheckers", () => {
  it("is invalid over unknown over valid", () => {
    expect(mergeValidity(["valid", "unknown", "invalid"])).to.equal("invalid");
    expect(mergeValidity(["valid", "unknown"])).to.equal("unknown");
    expect(mergeValidity(["valid"])).to.equal("valid");
    expect(composeCheckers({ valid, unknown, invalid })(input)).to.deep.equal({
      result: "invalid",
      anomalies: invalid(input).anomalies,
      reasons: ["Nobody knows."],
    });
  });

  it("is unknown when a checker crashes, and says which and why", () => {
    expect(composeCheckers({ valid, "strange things": crashing })(input)).to.deep.equal({
      result: "unknown",
      anomalies: [],
      reasons: ["The checker of strange things crashed: RangeError: out of cheese"],
    });
    expect(composeCheckers({ crashing, invalid })(input).result).to.equal("invalid");
  });

  it("can be composed again", () => {
    const inner = composeCheckers({ crashing });
    expect(composeCheckers({ valid, inner })(input).result).to.equal("unknown");
  });
});
