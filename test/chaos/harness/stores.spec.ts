import { expect } from "chai";
import { CannotRunError } from "../../../chaos/cannot-run-error.ts";
import { isIn, readStores } from "../../../chaos/harness/stores.ts";
import type { Stores } from "../../../chaos/harness/stores.ts";
import { failureOf } from "../../support/failure-of.ts";
import { appWithin } from "../support/fake-application.ts";

const read = (stores: Stores, placement: "every" | "one") =>
  readStores({ truth: () => Promise.resolve(stores) }, appWithin(), placement);

describe("readStores", () => {
  const left = new Map([["a", "1"]]);
  const right = new Map([["b", 2]]);

  it("returns the stores by their names where each shows every effect", async () => {
    expect(await read({ left, right }, "every")).to.deep.equal({ left, right });
  });

  it("makes one store of those that have no keys in common, in which `in` still finds its own", async () => {
    const stores = await read({ left, right }, "one");
    expect(stores).to.deep.equal({
      "left and right": new Map<string, unknown>([...left, ...right]),
    });
    for (const name of ["left", "right", undefined])
      expect(isIn({ ...(name !== undefined && { in: name }) }, "left and right")).to.be.true;
    expect(isIn({ in: "other" }, "left and right")).to.be.false;
  });

  it("says which key is in two stores after all", async () => {
    const error = await failureOf(read({ left, right: new Map([["a", "1"]]) }, "one"));
    expect(error).to.be.instanceOf(CannotRunError);
    expect(error.message).to.equal(
      "The workload is wrong: a is in right and in another store, although the stores had no keys in common; say with `in` where each effect shows.",
    );
  });
});
