import { expect } from "chai";
import { PlainNumber } from "../../../chaos/product/plain-number.ts";
import { findProduct, productValue } from "../../../chaos/product/product.ts";

const product = { id: "p", name: "Gadget", price: "49.99", description: "A gadget" };

describe("productValue", () => {
  const priceOf = (price: string | number | PlainNumber) =>
    (JSON.parse(productValue({ ...product, price })) as string[])[1];

  it("is the same for every way of writing a price", () => {
    for (const price of [1.5, "1.5", "1.50", "01.5", "1.500", "15e-1", "0.15E+1"])
      expect(priceOf(price), String(price)).to.equal("15e-1");
    for (const price of [0, "0", "0.00", "-0", new PlainNumber("-0"), "0e7"])
      expect(priceOf(price), String(price)).to.equal("0");
    for (const price of [100, "100", "1e2", "1.00E+2", "00100.0"])
      expect(priceOf(price), String(price)).to.equal("1e2");
  });

  it("keeps every digit", () => {
    const digits = "12345678901234567890123456789012345678";
    expect(priceOf(digits)).to.equal(digits);
    expect(priceOf(new PlainNumber(`-${digits}e-20`))).to.equal(`-${digits}e-20`);
    expect(priceOf(`${digits.slice(0, -1)}9`)).not.to.equal(digits);
  });

  it("differs when an attribute differs", () => {
    const values = [
      product,
      { ...product, price: "49.9" },
      { ...product, name: "Widget" },
      { ...product, name: "e\u0301" },
      { ...product, name: "é" },
      { name: "Gadget", price: "49.99" },
      { name: "Gadget", description: "A gadget" },
    ].map(productValue);
    expect(new Set(values).size).to.equal(values.length);
  });

  it("takes a name or description that is left out, or null, for an empty one", () => {
    const empty = productValue({ id: "p", name: "", price: "1", description: "" });
    expect(productValue({ id: "p", price: "1" })).to.equal(empty);
    expect(productValue({ id: "p", name: null, price: "1", description: null })).to.equal(empty);
  });
});

describe("PlainNumber", () => {
  it("is written to JSON with all of its digits", () => {
    expect(JSON.stringify({ price: new PlainNumber("-0") })).to.equal('{"price":-0}');
    expect(JSON.stringify([new PlainNumber("0.12345678901234567890123456789")])).to.equal(
      "[0.12345678901234567890123456789]",
    );
  });
});

describe("findProduct", () => {
  it("finds a product as it is, under a member, and in an SNS envelope", () => {
    const event = { schemaVersion: 1, product, version: 7 };
    const envelope = { Type: "Notification", MessageId: "m", Message: JSON.stringify(event) };
    for (const body of [product, event, envelope])
      expect(findProduct(JSON.stringify(body))).to.deep.equal(product);
  });

  it("finds none in anything else", () => {
    for (const text of ["", "not JSON", "null", "7", '{"name":"x"}', '["a"]'])
      expect(findProduct(text)).to.equal(undefined);
  });
});
