import { expect } from "chai";
import { until, UntilError } from "../../../chaos/harness/until.ts";

describe("until", () => {
  it("returns the first value that is accepted", async () => {
    let count = 0;
    const value = await until("the count is 3", () => ++count, {
      deadlineMs: 5_000,
      intervalMs: 1,
      accept: (seen) => seen === 3,
    });
    expect(value).to.equal(3);
  });

  it("says what was awaited, for how long, and what was seen last", async () => {
    const error = await rejection(
      until("the queue is empty", () => ({ visible: 7 }), {
        deadlineMs: 20,
        intervalMs: 1,
        accept: ({ visible }) => visible === 0,
      }),
    );
    expect(error).to.be.instanceOf(UntilError);
    expect(error.message).to.match(
      /^Waited \d\.\d s until the queue is empty; last seen: \{"visible":7\}$/,
    );
  });

  it("takes a probe's error for what was seen last", async () => {
    const probe = () => Promise.reject(new Error("connection refused"));
    const error = await rejection(until("it answers", probe, { deadlineMs: 20, intervalMs: 1 }));
    expect(error.message).to.include("last seen: Error: connection refused");
  });

  it("reaches its deadline also while a probe hangs", async () => {
    const hang = () => new Promise<never>(() => undefined);
    const error = await rejection(until("it answers", hang, { deadlineMs: 20 }));
    expect(error.message).to.include("until it answers; last seen: nothing yet");
  });

  it("ends with the reason of the signal", async () => {
    const controller = new AbortController();
    const reason = new Error("Interrupted.");
    const waiting = rejection(
      until("never", () => false, { deadlineMs: 60_000, signal: controller.signal }),
    );
    controller.abort(reason);
    expect(await waiting).to.equal(reason);
  });
});

async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("It did not reject.");
}
