import { expect } from "chai";
import { nextDeliveryDelayMs } from "../../../local/services/sns/delivery-schedule.ts";

describe("nextDeliveryDelayMs", () => {
  it("is SNS's schedule for queues: 100,015 more tries over 23 days", () => {
    const delays: number[] = [];
    for (let attempts = 1; ; attempts++) {
      const delayMs = nextDeliveryDelayMs(attempts);
      if (delayMs === undefined) break;
      delays.push(delayMs);
    }
    expect(delays).to.have.length(100_015);
    expect(delays.slice(0, 6)).to.deep.equal([0, 0, 0, 1_000, 1_000, 1_000]);
    expect(delays[14]).to.equal(20_000);
    const backoff = delays.slice(5, 15);
    expect(backoff).to.deep.equal([...backoff].sort((a, b) => a - b));
    expect(new Set(delays.slice(15))).to.deep.equal(new Set([20_000]));
    const days = delays.reduce((sum, delayMs) => sum + delayMs, 0) / 86_400_000;
    expect(Math.round(days)).to.equal(23);
  });
});
