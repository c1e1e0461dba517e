import { createWriteBuffer, optionalEnvironment } from "outage-drill/write-buffer/runtime";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { logger } from "./shared/logger.ts";
import { InvalidProductError, parseProduct } from "./shared/parse-product.ts";
import type { Product } from "./shared/product.ts";
import { RefusedItemError } from "./shared/put-product.ts";
import { errorName, respond, respondUnavailable } from "./shared/respond.ts";
import { productMessages } from "./shared/product-messages.ts";
import { saveProduct } from "./shared/save-product.ts";

/** Absent when the application is deployed without the write buffer. */
const writeBuffer =
  optionalEnvironment("PRODUCT_EVENTS_TOPIC_ARN") === undefined
    ? undefined
    : createWriteBuffer<Product>(productMessages);

/** POST: acknowledges a write only once DynamoDB or SNS has accepted it. */
export async function handler(
  event: APIGatewayProxyEvent,
  context: Context,
): Promise<APIGatewayProxyResult> {
  logger.addContext(context);
  let product: Product;
  try {
    product = parseProduct(readBody(event));
  } catch (error) {
    if (error instanceof InvalidProductError) return respond(400, error.message);
    throw error;
  }

  const result = await saveProduct(product);
  if (result.saved) return respond(200, "Product added/updated successfully.");
  const { version, error } = result;
  if (error instanceof RefusedItemError)
    return respond(400, `DynamoDB refused it: ${error.message}`);

  const failure = `DynamoDB did not accept the write (${errorName(error)})`;
  if (writeBuffer === undefined) {
    logger.warn("Write refused", { productId: product.id, error: error as Error });
    return respondUnavailable(`${failure}. Send it again later.`);
  }
  try {
    await writeBuffer.put(product, version);
  } catch (publishError) {
    logger.error("Write refused", { productId: product.id, error: error as Error });
    logger.error("Nor was it queued", { productId: product.id, error: publishError as Error });
    return respondUnavailable(
      `${failure}, nor did SNS (${errorName(publishError)}). Send it again later.`,
    );
  }
  logger.warn("Write queued", { productId: product.id, error: error as Error });
  return respond(200, "A DynamoDB error occurred. Message sent to queue.");
}

function readBody({ body, isBase64Encoded }: APIGatewayProxyEvent): string | null {
  return body !== null && isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
}
