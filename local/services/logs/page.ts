import type { JsonInput } from "../json-service.ts";
import { integerOf, optionalTextOf } from "./logs-input.ts";

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

export interface PageOptions<T> {
  /** What the list is sorted by. */
  readonly keyOf: (item: T) => string;
  readonly maxLimit: number;
  readonly descending?: boolean;
}

/**
 * One page of a sorted list: up to `limit` of what comes after the key in `nextToken`, so that a
 * page stays right when the list changes between two calls.
 */
export function pageOf<T>(
  input: JsonInput,
  all: readonly T[],
  { keyOf, maxLimit, descending = false }: PageOptions<T>,
): Page<T> {
  const limit = integerOf(input, "limit", { min: 1, max: maxLimit }) ?? maxLimit;
  const token = optionalTextOf(input, "nextToken");
  const after = token === undefined ? undefined : Buffer.from(token, "base64url").toString();
  const rest =
    after === undefined
      ? all
      : all.filter((item) => (descending ? keyOf(item) < after : keyOf(item) > after));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || rest.length <= limit) return { items };
  return { items, nextToken: Buffer.from(keyOf(last)).toString("base64url") };
}
