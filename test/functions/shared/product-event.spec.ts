import { expect } from "chai";
import {
  formatProductEvent,
  parseProductEvent,
  type ProductEvent,
} from "../../../functions/shared/product-event.ts";

describe("formatProductEvent", () => {
  const event = (name: string): ProductEvent => ({
    schemaVersion: 1,
    product: { id: "a", name, price: "1", description: "" },
    version: 1_790_000_000_000_000,
  });

  it("gives what parseProductEvent takes", () => {
    expect(parseProductEvent(formatProductEvent(event("Widget \u0000 😀")))).to.deep.equal(
      event("Widget \u0000 😀"),
    );
  });

  it("holds only characters that SQS takes", () => {
    const text = formatProductEvent(event("\u0000\u001F\uFFFE\uFFFF"));
    expect(text).to.match(/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u);
    expect(parseProductEvent(text)).to.deep.equal(event("\u0000\u001F\uFFFE\uFFFF"));
  });
});
