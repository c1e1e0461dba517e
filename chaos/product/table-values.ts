import type { Item } from "../probes/scan-table.ts";
import { productValue } from "./product.ts";

/** Key → value, as `productValue` gives it. */
export function tableValues(items: ReadonlyMap<string, Item>): Map<string, string> {
  return new Map([...items].map(([key, item]) => [key, itemValue(item)]));
}

/** As `productValue` of what was sent; a price that is not stored as a number makes a difference. */
function itemValue({ name, price, description }: Item): string {
  return productValue({
    ...(name?.S !== undefined && { name: name.S }),
    ...(price?.N !== undefined && { price: price.N }),
    ...(description?.S !== undefined && { description: description.S }),
  });
}
