/** What POST takes; `price` is a number or a numeric string. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: string | number;
  readonly description: string;
}

/**
 * Everything of a product but its key, in one comparable string: two products have the same value
 * exactly when DynamoDB would store them the same. Absent attributes show as null.
 */
export function productValue(product: Partial<Product>): string {
  const price = product.price === undefined ? null : plainNumber(String(product.price));
  return JSON.stringify([product.name ?? null, price, product.description ?? null]);
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

/** The number without leading and trailing zeros, as DynamoDB gives it back. */
function plainNumber(text: string): string {
  const match = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text.trim());
  if (!match) return text;
  const [, sign = "", whole = "", fraction = ""] = match;
  const digits = `${whole || "0"}${fraction ? `.${fraction}` : ""}`;
  return digits === "0" ? digits : `${sign}${digits}`;
}
