import type { JsonInput } from "../json-service.ts";
import { integerOf, optionalTextOf } from "./events-input.ts";

/**
 * One page of a list: up to `Limit` (100 unless given) of what comes after the key in `NextToken`,
 * so that a page stays right when the list changes between two calls.
 */
export function pageOf<T>(
  input: JsonInput,
  all: readonly T[],
  keyOf: (item: T) => string,
): { readonly items: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const limit = integerOf(input, "Limit", { min: 1, max: 100 }) ?? 100;
  const token = optionalTextOf(input, "NextToken", { max: 2048 });
  const after = token === undefined ? undefined : Buffer.from(token, "base64url").toString();
  const rest = [...all]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .filter((item) => after === undefined || keyOf(item) > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || rest.length <= limit) return { items, next: {} };
  return { items, next: { NextToken: Buffer.from(keyOf(last)).toString("base64url") } };
}
