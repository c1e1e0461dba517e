import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { DEFAULT_SETTINGS, type WriteBufferSettings } from "../settings.ts";
import { type BufferQueues, createBufferQueues } from "./buffer-queues.ts";
import {
  InvalidMessageError,
  type MessageFormat,
  parseQueuedWrite,
  type QueuedWrite,
} from "./queued-write.ts";
import { RefusedWriteError } from "./refused-write-error.ts";
import { isExpiring } from "./retry-policy.ts";

/** What `apply` is told of a write besides its record. */
export interface ApplyContext {
  /**
   * The version under which the write was accepted. Store it with the record, and only where the
   * stored one is lower: then late and repeated deliveries change nothing.
   */
  readonly version: number;
  /** Id of the message, for logs. */
  readonly messageId: string;
  /** How often the message has been received, this time included. */
  readonly receiveCount: number;
}

/** Applies one write. */
export type Apply<Record> = (record: Record, context: ApplyContext) => Promise<unknown>;

export interface RetryHandlerOptions<Record> extends MessageFormat<Record> {
  /**
   * Applies a write, within a time that leaves some of the function's timeout for SQS; the messages of
   * a batch are applied at the same time.
   * @throws RefusedWriteError when the write can never be applied; any other error when it may be later.
   */
  readonly apply: Apply<Record>;
  /** As the component's. Default: WRITE_BUFFER. */
  readonly variablePrefix?: string;
  /** As the component's. */
  readonly settings?: WriteBufferSettings;
  /** Default: a Logger that takes its settings from the environment. */
  readonly logger?: Logger;
}

/**
 * Makes the handler of a retry function. Each queued write ends applied, in the dead-letter queue with
 * the reason, or back in the queue for a delay that grows with each receive.
 *
 * @example
 * export const handler = createRetryHandler<Order>({ parse: parseOrder, apply: putOrder });
 *
 * @throws Error naming the environment variable that is missing.
 */
export function createRetryHandler<Record>(
  options: RetryHandlerOptions<Record>,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const { apply, settings = DEFAULT_SETTINGS, logger = new Logger() } = options;
  const queues = createBufferQueues(settings, options.variablePrefix);
  const processor = new BatchProcessor(EventType.SQS);

  return async (event, context) => {
    logger.addContext(context);
    const response = await processPartialResponse(event, processRecord, processor, {
      // A batch that failed as a whole would count as a function error, which slows the mapping.
      throwOnFullBatchFailure: false,
    });
    const failedIds = new Set(
      response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    );
    if (failedIds.size > 0) {
      const failed = event.Records.filter(({ messageId }) => failedIds.has(messageId));
      logger.warn("Writes go back to the queue", {
        count: failed.length,
        error: processor.errors[0],
      });
      await delay(failed);
    }
    return response;
  };

  async function processRecord(message: SQSRecord): Promise<void> {
    let write: QueuedWrite<Record>;
    try {
      write = parseQueuedWrite(message.body, options);
    } catch (error) {
      if (!(error instanceof InvalidMessageError)) throw error;
      return deadLetter(message, "invalid-message", error.message);
    }
    const { record, version } = write;
    const { messageId, attributes } = message;
    const receiveCount = Number(attributes.ApproximateReceiveCount);
    try {
      await apply(record, { version, messageId, receiveCount });
    } catch (error) {
      if (error instanceof RefusedWriteError)
        return deadLetter(message, error.reason, error.message);
      if (isExpiring(message, Date.now(), settings))
        return deadLetter(message, "expired", "The outage outlasted the retention of the queue.");
      throw error;
    }
  }

  async function deadLetter(...letter: Parameters<BufferQueues["deadLetter"]>): Promise<void> {
    await queues.deadLetter(...letter);
    const [{ messageId }, reason, detail] = letter;
    logger.error("Message moved to the dead-letter queue", { messageId, reason, detail });
  }

  async function delay(messages: readonly SQSRecord[]): Promise<void> {
    try {
      const refused = await queues.delayRetries(messages);
      if (refused.length > 0) logger.warn("Delay refused", { messageIds: refused });
    } catch (error) {
      logger.warn("Delay not set", { error: error as Error });
    }
  }
}
