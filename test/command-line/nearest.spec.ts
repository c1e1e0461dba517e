import { expect } from "chai";
import fc from "fast-check";
import { nearest } from "../../command-line/nearest.ts";

const words = ["run", "cloud", "policy", "redrive", "init", "doctor"];

describe("nearest", () => {
  for (const [typed, meant] of Object.entries({
    rnu: "run",
    clod: "cloud",
    Cloud: "cloud",
    polcy: "policy",
    doctro: "doctor",
    redrvie: "redrive",
    int: "init",
    deploy: undefined,
    x: undefined,
  }))
    it(`takes ${typed} for ${String(meant)}`, () => {
      expect(nearest(typed, words)).to.equal(meant);
    });

  it("takes every word for itself", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (list) => {
        const [first = ""] = list;
        expect(nearest(first, list)?.toLowerCase()).to.equal(first.toLowerCase());
      }),
    );
  });
});
