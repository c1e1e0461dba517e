import { expect } from "chai";
import { InvalidProductError, parseProduct } from "../../../functions/shared/parse-product.ts";

const KB = 1_024;
const parse = (product: unknown) => parseProduct(JSON.stringify(product));
const priceOf = (literal: string) => parseProduct(`{"id":"a","price":${literal}}`).price;

describe("parseProduct", () => {
  it("takes the four fields and drops others", () => {
    const product = { id: "a", name: "n", price: "1.50", description: "d" };
    expect(parse({ ...product, extra: 1 })).to.deep.equal(product);
  });

  it("stores a name or description that is left out as empty", () => {
    const product = parse({ id: "a", price: 1, name: null });
    expect(product).to.deep.equal({ id: "a", name: "", price: "1", description: "" });
  });

  for (const literal of [
    "0.1234567890123456789012",
    "12345678901234567890",
    "1e125",
    "-9.9E-5",
    "0",
  ])
    it(`keeps the digits of ${literal} as a number and as a string`, () => {
      expect(priceOf(literal)).to.equal(literal);
      expect(priceOf(`"${literal}"`)).to.equal(literal);
    });

  const thirtyEight = "1234567890".repeat(4).slice(0, 38);
  for (const literal of [
    thirtyEight,
    `${thirtyEight}000`,
    `0.000${thirtyEight}`,
    "1E-130",
    `${"9".repeat(38)}E+88`,
    "0e999",
  ])
    it(`takes ${literal}, which DynamoDB can hold`, () => {
      expect(priceOf(literal)).to.equal(literal);
    });

  const badPrices: [string, RegExp][] = [
    [`${thirtyEight}1`, /^Field price must have at most 38 significant digits\.$/],
    ["1E126", /^Field price must be 0 or have a magnitude from 1E-130 to 9\.99E\+125\.$/],
    ["1E-131", /magnitude/],
    ["1e9999999999999999999999", /magnitude/],
    ['"abc"', /^Field price must be a number/],
    ['""', /^Field price must be a number/],
    ['" 1"', /^Field price must be a number/],
    ['"1,5"', /^Field price must be a number/],
    ['"NaN"', /^Field price must be a number/],
    ['"Infinity"', /^Field price must be a number/],
    [`"${"1".repeat(600)}"`, /^Field price must be a number/],
    ["true", /^Field price must be a number/],
    ["null", /^Field price must be a number/],
    ["[1]", /^Field price must be a number/],
  ];
  for (const [literal, message] of badPrices)
    it(`refuses the price ${literal.slice(0, 50)}`, () => {
      expect(() => priceOf(literal)).to.throw(InvalidProductError, message);
    });

  const badBodies: [string, string | null, RegExp][] = [
    ["no body", null, /^The body must be JSON/],
    ["text", "id=a", /^The body must be JSON/],
    ["a truncated object", '{"id":"a"', /^The body must be JSON/],
    ["an array", "[]", /^The body must be a JSON object/],
    ["null", "null", /^The body must be a JSON object/],
    ["no id", '{"price":1}', /^Field id must be a string that is not empty\.$/],
    ["an empty id", '{"id":"","price":1}', /^Field id must be a string that is not empty\.$/],
    ["a number as id", '{"id":5,"price":1}', /^Field id must be a string/],
    [
      "half a surrogate pair",
      '{"id":"\\ud800","price":1}',
      /^Field id must be well-formed Unicode/,
    ],
    ["a number as name", '{"id":"a","price":1,"name":5}', /^Field name must be a string\.$/],
    ["no price", '{"id":"a"}', /^Field price must be a number/],
  ];
  for (const [name, body, message] of badBodies)
    it(`refuses ${name}`, () => {
      expect(() => parseProduct(body)).to.throw(InvalidProductError, message);
    });

  it("refuses an id above 2,048 bytes, counted in UTF-8", () => {
    expect(parse({ id: "é".repeat(1_024), price: 1 }).id).to.have.lengthOf(1_024);
    expect(() => parse({ id: "é".repeat(1_025), price: 1 })).to.throw(
      /^Field id must be at most 2048 bytes/,
    );
  });

  it("refuses an item above 400 KB, naming the longest field", () => {
    const nearly = "x".repeat(399 * KB);
    expect(parse({ id: "a", price: 1, description: nearly }).description).to.equal(nearly);
    expect(() => parse({ id: "a", price: 1, description: "x".repeat(400 * KB) })).to.throw(
      /^Field description must be shorter/,
    );
    expect(() => parse({ id: "a", price: 1, name: "x".repeat(400 * KB) })).to.throw(
      /^Field name must be shorter/,
    );
  });
});
