import { parse } from "@aws-lambda-powertools/parser";
import { describeIssues } from "./describe-issues.ts";
import { type Product, productSchema } from "./product.ts";

/** A body that the caller has to change; the message is one sentence that names the field. */
export class InvalidProductError extends Error {
  override readonly name = "InvalidProductError";
}

/**
 * @param body the request body as text, null when there is none.
 * @throws InvalidProductError naming the field that is wrong.
 */
export function parseProduct(body: string | null): Product {
  let input: unknown;
  try {
    input = JSON.parse(body ?? "", keepPriceDigits);
  } catch {
    throw new InvalidProductError(
      "The body must be JSON: an object with id, name, price and description.",
    );
  }
  const result = parse(input, undefined, productSchema, true);
  if (result.success) return result.data;
  throw new InvalidProductError(describeIssues(result.error, "The body"));
}

/**
 * A JSON number is read into a double, which holds 17 digits where DynamoDB holds 38: the source
 * text is kept instead (ECMAScript, JSON.parse source text access).
 */
function keepPriceDigits(key: string, value: unknown, context?: { source: string }): unknown {
  return key === "price" && typeof value === "number" ? (context?.source ?? String(value)) : value;
}
