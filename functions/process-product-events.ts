import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { callOptions } from "./shared/client-options.ts";
import { logger } from "./shared/logger.ts";
import { InvalidEventError, parseProductEvent, type ProductEvent } from "./shared/product-event.ts";
import { delayRetries, sendToDeadLetterQueue } from "./shared/product-events-queue.ts";
import { putProduct, RefusedItemError } from "./shared/put-product.ts";
import { isExpiring } from "./shared/retry-policy.ts";
import { TIME_BUDGET } from "./shared/time-budget.ts";

const processor = new BatchProcessor(EventType.SQS);

/** Queued writes: each ends in the table, in the dead-letter queue, or back in the queue. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  const response = await processPartialResponse(event, processRecord, processor, {
    // A batch that failed as a whole would count as a function error, which slows the mapping.
    throwOnFullBatchFailure: false,
  });
  const failedIds = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  if (failedIds.size > 0) {
    const failed = event.Records.filter(({ messageId }) => failedIds.has(messageId));
    logger.warn("Writes go back to the queue", {
      count: failed.length,
      error: processor.errors[0],
    });
    await delay(failed);
  }
  return response;
}

async function processRecord(record: SQSRecord): Promise<void> {
  let event: ProductEvent;
  try {
    event = parseProductEvent(record.body);
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    return deadLetter(record, "invalid-message", error.message);
  }
  try {
    const { stored } = await putProduct(
      event.product,
      event.version,
      callOptions(TIME_BUDGET.dynamodb),
    );
    if (!stored) logger.info("Superseded or duplicate", { productId: event.product.id });
  } catch (error) {
    if (error instanceof RefusedItemError) return deadLetter(record, "refused-item", error.message);
    if (isExpiring(record, Date.now()))
      return deadLetter(record, "expired", "The outage outlasted the retention of the queue.");
    throw error;
  }
}

async function deadLetter(...message: Parameters<typeof sendToDeadLetterQueue>): Promise<void> {
  await sendToDeadLetterQueue(...message);
  const [{ messageId }, reason, detail] = message;
  logger.error("Message moved to the dead-letter queue", { messageId, reason, detail });
}

async function delay(records: readonly SQSRecord[]): Promise<void> {
  try {
    const refused = await delayRetries(records);
    if (refused.length > 0) logger.warn("Delay refused", { messageIds: refused });
  } catch (error) {
    logger.warn("Delay not set", { error: error as Error });
  }
}
