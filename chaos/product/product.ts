import { canonicalNumber } from "./plain-number.ts";
import type { PlainNumber } from "./plain-number.ts";

/**
 * What POST takes; `price` is a number or a numeric string. The product API stores a name and a
 * description that are left out, or null, as empty texts.
 */
export interface Product {
  readonly id: string;
  readonly name?: string | null;
  readonly price: string | number | PlainNumber;
  readonly description?: string | null;
}

/**
 * Everything of a product but its key, in one comparable string: two products have the same value
 * exactly when the product API means the same by them. An absent price shows as null, and an absent
 * name or description as an empty text.
 */
export function productValue({ name, price, description }: Partial<Product>): string {
  const number = price === undefined ? null : canonicalNumber(String(price));
  return JSON.stringify([name ?? "", number, description ?? ""]);
}

/**
 * A product in a JSON text: plain, or inside an SNS envelope (`Message`), or under `product`.
 * Undefined when there is none.
 */
export function findProduct(text: string): Product | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if ("id" in value && typeof value.id === "string") return value as Product;
  for (const nested of Object.values(value)) {
    const product = findProduct(typeof nested === "string" ? nested : JSON.stringify(nested));
    if (product) return product;
  }
  return undefined;
}
