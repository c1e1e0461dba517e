import { expect } from "chai";
import { checkCounter } from "../../../../chaos/harness/judge/check-counter.ts";
import type { KeySight, KeyWrite } from "../../../../chaos/harness/judge/key-record.ts";
import { effect } from "../../support/judge-stores.ts";

type AddWrite = KeyWrite<{ readonly key: string; readonly add: number }>;

/** Judges so many writes and reads by turns; counts how often the time of a write is asked for. */
function judgeSoak(count: number) {
  let asked = 0;
  const writes = Array.from({ length: count }, (_, index): AddWrite => {
    const op = effect({ key: "a", add: 1 }, [index, index + 0.2]);
    return {
      ...{ op, effect: { key: "a", add: 1 } },
      get sentMs() {
        asked += 1;
        return index;
      },
      get answeredMs() {
        asked += 1;
        return index + 0.2;
      },
    };
  });
  const sights = writes.map((_, index): KeySight => ({
    ...{ found: index + 1, sentMs: index + 0.4, answeredMs: index + 0.6 },
  }));
  const anomalies = checkCounter({
    ...{ key: "a", store: "table", initial: 0, writes, sights },
    ...{ givenUp: [], drained: true, ordered: false },
  });
  return { anomalies, asked };
}

describe("checkCounter on a soak", () => {
  it("looks at each write about as often when there are ten times as many reads", () => {
    const [short, long] = [judgeSoak(200), judgeSoak(2_000)];
    expect([short.anomalies, long.anomalies]).to.deep.equal([[], []]);
    // Sorting takes n log n: 14 times as much.
    expect(long.asked / short.asked).to.be.below(20);
  });
});
