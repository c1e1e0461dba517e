import type { Item } from "./probes/scan-table.ts";
import { productValue } from "./product.ts";

/** Key → value of those items that the history, or a key's prefix, has to do with. */
export function tableValues(
  items: ReadonlyMap<string, Item>,
  concerns: (key: string) => boolean,
): Map<string, string> {
  return new Map(
    [...items].filter(([key]) => concerns(key)).map(([key, item]) => [key, itemValue(item)]),
  );
}

/** As `productValue` of what was sent; a price that is not stored as a number makes a difference. */
function itemValue({ name, price, description }: Item): string {
  return productValue({
    ...(name?.S !== undefined && { name: name.S }),
    ...(price?.N !== undefined && { price: price.N }),
    ...(description?.S !== undefined && { description: description.S }),
  });
}
