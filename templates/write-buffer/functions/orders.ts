import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { createWriteBuffer } from "outage-drill/write-buffer/runtime";
import { type Order, parseOrder } from "./order.ts";
import { getOrder, putOrder } from "./orders-table.ts";

const buffer = createWriteBuffer<Order>();
const MAX_PUTS = 4;

/** POST an order, or GET one by its `id`. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  return event.httpMethod === "POST" ? post(event) : get(event.queryStringParameters?.id);
}

/** 200: it is in the table. 202: it will be. Anything else: it was not accepted. */
async function post({ body, isBase64Encoded }: APIGatewayProxyEvent) {
  let order: Order;
  try {
    const text = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8").toString();
    order = parseOrder(JSON.parse(text));
  } catch (error) {
    return respond(400, error instanceof Error ? error.message : String(error));
  }
  let version = buffer.nextVersion();
  try {
    // What is stored came before this request, even if another host's clock says otherwise.
    for (let puts = 1; puts <= MAX_PUTS; puts++) {
      const stored = await putOrder(order, version);
      if (stored === undefined) break;
      version = buffer.nextVersion(stored);
    }
    return respond(200, "Order stored.");
  } catch (error) {
    console.warn("The table did not accept an order", error);
  }
  try {
    await buffer.put(order, version);
    return respond(202, "Order accepted.");
  } catch (error) {
    console.error("Nor did the write buffer", error);
    return respond(503, "The order was not accepted. Send it again later.");
  }
}

async function get(id: string | undefined) {
  if (!id) return respond(400, "Query parameter id is missing.");
  try {
    const order = await getOrder(id);
    return order ? respond(200, JSON.stringify(order)) : respond(404, "There is no such order.");
  } catch (error) {
    console.warn("An order was not read", error);
    return respond(503, "The order could not be read. Try again later.");
  }
}

function respond(statusCode: number, body: string): APIGatewayProxyResult {
  return { statusCode, body };
}
