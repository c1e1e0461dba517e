import { callOptions, createRetryHandler } from "outage-drill/write-buffer/runtime";
import { logger } from "./shared/logger.ts";
import type { Product } from "./shared/product.ts";
import { productMessages } from "./shared/product-messages.ts";
import { putProduct } from "./shared/put-product.ts";
import { TIME_BUDGET } from "./shared/time-budget.ts";

/** Queued writes: each ends in the table, in the dead-letter queue, or back in the queue. */
export const handler = createRetryHandler<Product>({
  ...productMessages,
  logger,
  async apply(product, { version }) {
    const { stored } = await putProduct(product, version, callOptions(TIME_BUDGET.dynamodb));
    if (!stored) logger.info("Superseded or duplicate", { productId: product.id });
  },
});
