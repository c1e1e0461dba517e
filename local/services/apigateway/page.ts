import { badRequest } from "./api-store.ts";

const maxLimit = 500;
const defaultLimit = 25;

/**
 * One page of a list, as `limit` and `position` of the query ask, in the member `item` that clients
 * of this API read lists from.
 */
export function page<T>(
  items: readonly T[],
  query: URLSearchParams,
  toWire: (item: T) => unknown,
): { item: unknown[]; position?: string } {
  const limit = readCount(query, "limit", defaultLimit);
  if (limit < 1 || limit > maxLimit)
    throw badRequest(`limit must be between 1 and ${String(maxLimit)}.`);
  const start = readCount(query, "position", 0);
  const end = start + limit;
  return {
    item: items.slice(start, end).map(toWire),
    ...(end < items.length && { position: String(end) }),
  };
}

function readCount(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null || text === "") return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`${name} is invalid: ${text}`);
  return Number(text);
}
