import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { findProduct } from "./shared/find-product.ts";
import { logger } from "./shared/logger.ts";
import { MAX_ID_BYTES } from "./shared/product-id.ts";
import { errorName, respond, respondUnavailable } from "./shared/respond.ts";

/** GET ?id=: the product as JSON, its price as a string, in the form in which it is posted. */
export async function handler(
  event: APIGatewayProxyEvent,
  context: Context,
): Promise<APIGatewayProxyResult> {
  logger.addContext(context);
  const id = event.queryStringParameters?.id;
  if (!id) return respond(400, "Query parameter id is missing. Ask for ?id=<product id>.");
  if (Buffer.byteLength(id, "utf8") > MAX_ID_BYTES)
    return respond(400, `Query parameter id must be at most ${MAX_ID_BYTES} bytes.`);
  try {
    const product = await findProduct(id);
    if (!product) return respond(404, "Product not found");
    return respond(200, JSON.stringify(product), { "content-type": "application/json" });
  } catch (error) {
    logger.warn("Product not read", { productId: id, error: error as Error });
    return respondUnavailable(
      `DynamoDB did not answer the read (${errorName(error)}). Try again later.`,
    );
  }
}
