import { isDeepStrictEqual } from "node:util";
import type { AttributeValue, Item } from "../dynalite-parts.ts";

/** Whether two items are equal as DynamoDB sees it: the order in maps and sets does not matter. */
export function sameItem(one: Item, other: Item): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => sameValue(one[name], other[name]))
  );
}

function sameValue(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (!one || !other) return one === other;
  const [type = ""] = Object.keys(one);
  if (!(type in other)) return false;
  const [a, b] = [one[type], other[type]];
  switch (type) {
    case "M":
      return sameItem(a as Item, b as Item);
    case "L": {
      const [values, others] = [a as AttributeValue[], b as AttributeValue[]];
      return (
        values.length === others.length &&
        values.every((value, index) => sameValue(value, others[index]))
      );
    }
    case "SS":
    case "NS":
    case "BS":
      return isDeepStrictEqual(new Set(a as string[]), new Set(b as string[]));
    default:
      return a === b;
  }
}
