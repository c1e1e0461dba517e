import { expect } from "chai";
import { runGuarded } from "../../../local/services/dynamodb/run-guarded.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("runGuarded", () => {
  it("resolves with what the run resolves", async () => {
    const value = await runGuarded<number>((resolve) => {
      setImmediate(() => {
        resolve(1);
      });
    });
    expect(value).to.equal(1);
  });

  const schedulers: Record<string, (callback: () => void) => unknown> = {
    "at once": (callback) => {
      callback();
    },
    "in a microtask": queueMicrotask,
    "on the next tick": process.nextTick,
    "in an immediate": setImmediate,
    "in a timer of a timer": (callback) => setTimeout(() => setTimeout(callback, 0), 0),
  };
  for (const [when, schedule] of Object.entries(schedulers))
    it(`rejects with what is thrown ${when}, each run with its own`, async () => {
      const runs = ["first", "second"].map((message) =>
        failureOf(
          runGuarded(() => {
            schedule(() => {
              throw new Error(message);
            });
          }),
        ),
      );
      const messages = (await Promise.all(runs)).map((failure) => failure.message);
      expect(messages).to.deep.equal(["first", "second"]);
    });

  it("leaves what other code throws to the listeners of the process", async () => {
    await runGuarded<number>((resolve) => {
      resolve(1);
    });
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    try {
      const thrown = new Promise((resolve) => process.once("uncaughtException", resolve));
      setImmediate(() => {
        throw new Error("of other code");
      });
      expect(((await thrown) as Error).message).to.equal("of other code");
    } finally {
      for (const listener of others) process.on("uncaughtException", listener);
    }
  });
});
