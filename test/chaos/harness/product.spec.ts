import { expect } from "chai";
import { findProduct, productValue } from "../../../chaos/harness/product.ts";

const product = { id: "p", name: "Gadget", price: "49.99", description: "A gadget" };

describe("productValue", () => {
  it("is the same for every way of writing a price", () => {
    for (const price of [1.5, "1.5", "1.50", "01.5", "1.500"])
      expect(productValue({ ...product, price })).to.equal('["Gadget","1.5","A gadget"]');
    for (const price of [0, "0", "0.00", "-0"])
      expect(productValue({ ...product, price })).to.equal('["Gadget","0","A gadget"]');
    expect(productValue({ ...product, price: "100" })).to.include('"100"');
  });

  it("differs when an attribute differs or is absent", () => {
    const values = [
      product,
      { ...product, price: "49.9" },
      { ...product, name: "Widget" },
      { name: "Gadget", price: "49.99" },
    ].map(productValue);
    expect(new Set(values).size).to.equal(values.length);
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
