import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { stopOnFirstFailure } from "../../../local/deploy/stop-on-first-failure.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("stopOnFirstFailure", () => {
  const resource = (name: string) => ({ name, type: "t", inputs: {} });
  const created = { id: "1", state: {} };

  it("tells the first failure, and refuses what comes later without asking for it", async () => {
    const asked: string[] = [];
    const { mocks, failed } = stopOnFirstFailure({
      newResource: ({ name }) => {
        asked.push(name);
        if (name === "bad") throw new Error("broken");
        return created;
      },
      call: () => ({}),
    });
    expect(await mocks.newResource(resource("good"))).to.equal(created);
    expect(await failureOf(asPromise(mocks.newResource(resource("bad"))))).to.include({ code: 14 });
    expect((await failureOf(failed)).message).to.equal("broken");
    expect(await failureOf(asPromise(mocks.newResource(resource("late"))))).to.include({
      code: 14,
    });
    expect(asked).to.deep.equal(["good", "bad"]);
  });

  it("names what is under way, and has settled only when that has ended", async () => {
    const creation = Promise.withResolvers<pulumi.runtime.MockResourceResult>();
    const { mocks, underWay, settled } = stopOnFirstFailure({
      newResource: () => creation.promise,
      call: () => ({}),
    });
    const creating = asPromise(mocks.newResource(resource("slow")));
    expect(underWay()).to.deep.equal(["slow (t)"]);
    const order: string[] = [];
    const ends = [
      creating.then(() => order.push("created")),
      settled().then(() => order.push("settled")),
    ];
    creation.resolve(created);
    await Promise.all(ends);
    expect(order).to.deep.equal(["created", "settled"]);
    expect(underWay()).to.deep.equal([]);
  });
});

async function asPromise<Result>(result: Result | Promise<Result>): Promise<Result> {
  return result;
}
