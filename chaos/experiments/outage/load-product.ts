import { readFileSync } from "node:fs";
import type { Product } from "../../product/product.ts";

const products = JSON.parse(
  readFileSync(new URL("products.json", import.meta.url), "utf8"),
) as Product[];

/** A product of the LocalStack tutorial "Chaos Engineering: Running Experiments with FIS". */
export function loadProduct(id: string): Product {
  const product = products.find((each) => each.id === id);
  if (!product) throw new Error(`products.json has no product ${id}.`);
  return product;
}
