import { createRetryHandler } from "outage-drill/write-buffer/runtime";
import { type Order, parseOrder } from "./order.ts";
import { putOrder } from "./orders-table.ts";

/** Orders that the table did not accept at first. */
export const handler = createRetryHandler<Order>({
  parse: parseOrder,
  apply: (order, { version }) => putOrder(order, version),
});
