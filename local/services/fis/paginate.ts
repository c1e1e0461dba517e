import { validationError } from "./errors.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/** FIS: `maxResults` is 1 to 100. */
const largestPage = 100;

/**
 * One page of a list, by the `maxResults` and `nextToken` of the query. The token holds the key of
 * the last item, not its position, so that deleting items between two pages skips none.
 *
 * @param items in ascending order of their keys
 */
export function paginate<T>(
  items: readonly T[],
  query: URLSearchParams,
  keyOf: (item: T) => string,
): Page<T> {
  const size = readSize(query.get("maxResults"));
  const after = readToken(query.get("nextToken"));
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return rest.length > size && last !== undefined
    ? { items: page, nextToken: toToken(keyOf(last)) }
    : { items: page };
}

function readSize(text: string | null): number {
  if (text === null) return largestPage;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= largestPage) return size;
  throw validationError(`maxResults must be a whole number from 1 to 100, not ${text}.`);
}

function toToken(key: string): string {
  return Buffer.from(`after:${key}`).toString("base64url");
}

function readToken(token: string | null): string | undefined {
  if (token === null) return undefined;
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!text.startsWith("after:"))
    throw validationError("nextToken must be one that this operation has answered.");
  return text.slice("after:".length);
}
