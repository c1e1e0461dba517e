import { ssmError } from "./errors.ts";

/**
 * One page of a list, by `MaxResults` and `NextToken`. The token holds the key of the last item, so
 * that what is deleted between two pages makes none be skipped. Keys differ from each other.
 */
export function page<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: { MaxResults: number; NextToken?: string | undefined },
  keyOf: (item: Item) => string,
): { items: Item[]; NextToken?: string } {
  const sorted = [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const after = NextToken === undefined ? "" : readToken(NextToken);
  const rest = sorted.filter((item) => keyOf(item) > after);
  const found = rest.slice(0, MaxResults);
  const last = found.at(-1);
  return rest.length > found.length && last !== undefined
    ? { items: found, NextToken: Buffer.from(`after:${keyOf(last)}`).toString("base64url") }
    : { items: found };
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (text.startsWith("after:")) return text.slice("after:".length);
  throw ssmError("InvalidNextToken", "NextToken must be one that this operation has answered.");
}
