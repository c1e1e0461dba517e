import { callOptions, createWriteVersions } from "outage-drill/write-buffer/runtime";
import type { Product } from "./product.ts";
import { putProduct } from "./put-product.ts";
import { TIME_BUDGET } from "./time-budget.ts";

export type SaveResult =
  | { saved: true }
  /** The highest version that was tried: a late arrival of any try is then a duplicate. */
  | { saved: false; version: number; error: unknown };

const MAX_PUTS = 4;
const versions = createWriteVersions();

/**
 * Accepts a write and puts it, within the time budget of one DynamoDB call.
 *
 * A conflict means that the table holds an equal or higher version. The caller is still waiting, so
 * this write may come after whatever is stored, and it must when what is stored was acknowledged
 * before this write began, by a host whose clock runs ahead. So it is put again above the stored
 * version: the order of direct writes is DynamoDB's and no clock's. Who loses every put lost each
 * to a write that landed during this request, and may as well have come before it: it is held, in
 * the sense that a newer value took its place. Only writes through the queue depend on the hosts'
 * clocks, to the extent that an acknowledged write and its successor on another host are closer in
 * time than these clocks.
 */
export async function saveProduct(product: Product): Promise<SaveResult> {
  const options = callOptions(TIME_BUDGET.dynamodb);
  let version = versions.next();
  try {
    for (let puts = 1; ; puts++) {
      const result = await putProduct(product, version, options);
      if (result.stored || puts === MAX_PUTS) return { saved: true };
      version = versions.next(result.storedVersion);
    }
  } catch (error) {
    return { saved: false, version, error };
  }
}
