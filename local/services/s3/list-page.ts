import { compareKeys } from "./sort-keys.ts";

/** One line of a list: a key, or what several keys begin with up to the delimiter. */
export type Line = { readonly key: string } | { readonly commonPrefix: string };

export interface ListPage {
  readonly lines: readonly Line[];
  readonly isTruncated: boolean;
  /** The last line's key or common prefix, behind which the next page begins. */
  readonly last: string | undefined;
}

export interface ListQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only what comes behind it; empty for all. */
  readonly after: string;
  readonly max: number;
}

/**
 * A page of the keys of a bucket. Work is bounded by the page, not by the bucket: keys that share a
 * common prefix are passed over at once. Source: S3 User Guide, "Organizing objects using prefixes".
 *
 * @param keys in S3's order
 */
export function listPage(keys: readonly string[], query: ListQuery): ListPage {
  const { prefix, delimiter, after, max } = query;
  const lines: Line[] = [];
  let last: string | undefined;
  let at = firstAtLeast(keys, prefix);
  if (compareKeys(after, prefix) >= 0 && after !== "") at = firstBehind(keys, after);
  // Behind a common prefix comes what no longer begins with it.
  if (after !== "" && commonPrefixOf(after, prefix, delimiter) === after)
    at = firstWithout(keys, after);
  for (;;) {
    const key = keys[at];
    if (key === undefined || !key.startsWith(prefix)) return { lines, isTruncated: false, last };
    if (lines.length === max) return { lines, isTruncated: max > 0, last };
    const commonPrefix = commonPrefixOf(key, prefix, delimiter);
    if (commonPrefix === undefined) {
      lines.push({ key });
      last = key;
      at++;
    } else {
      lines.push({ commonPrefix });
      last = commonPrefix;
      at = firstWithout(keys, commonPrefix);
    }
  }
}

function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "" || !key.startsWith(prefix)) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function firstAtLeast(keys: readonly string[], text: string): number {
  return search(keys, (key) => compareKeys(key, text) >= 0);
}

function firstBehind(keys: readonly string[], text: string): number {
  return search(keys, (key) => compareKeys(key, text) > 0);
}

function firstWithout(keys: readonly string[], prefix: string): number {
  return search(keys, (key) => !key.startsWith(prefix) && compareKeys(key, prefix) > 0);
}

/** Index of the first key for which `holds`, which holds for all behind it. */
function search(keys: readonly string[], holds: (key: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(keys[middle] ?? "")) high = middle;
    else low = middle + 1;
  }
  return low;
}
