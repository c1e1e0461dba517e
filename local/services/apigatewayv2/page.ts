import { badRequest } from "../apigateway/api-store.ts";

const largest = 500;

/**
 * One page of a list, as `maxResults` and `nextToken` of the query ask. The token holds the key of the
 * last item, so that a page stays right when the list changes between two calls.
 */
export function page<T>(
  all: Iterable<T>,
  query: URLSearchParams,
  keyOf: (item: T) => string,
  toWire: (item: T) => unknown,
): { items: unknown[]; nextToken?: string } {
  const text = query.get("maxResults") ?? "";
  const size = text === "" ? largest : Number(text);
  if (!Number.isInteger(size) || size < 1 || size > largest)
    throw badRequest(`maxResults must be between 1 and ${String(largest)}, not '${text}'.`);
  const token = query.get("nextToken") ?? "";
  const after = token === "" ? undefined : Buffer.from(token, "base64url").toString("utf8");
  const sorted = [...all]
    .filter((item) => after === undefined || keyOf(item) > after)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const items = sorted.slice(0, size);
  const last = items.at(-1);
  return {
    items: items.map(toWire),
    ...(last !== undefined &&
      sorted.length > size && { nextToken: Buffer.from(keyOf(last)).toString("base64url") }),
  };
}
