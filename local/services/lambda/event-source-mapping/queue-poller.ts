import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../../log.ts";
import type { LambdaResult } from "../lambda-invoker.ts";
import { BackOff } from "./back-off.ts";
import { batchEvent } from "./batch-event.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import { failedItems } from "./failed-items.ts";
import type { QueueClient, ReceivedMessage } from "./queue-client.ts";

export interface QueuePollerArgs {
  readonly mapping: EventSourceMapping;
  readonly queue: QueueClient;
  invoke(payload: string, signal: AbortSignal): Promise<LambdaResult>;
  readonly log: Log;
}

/** Batches at a time where the mapping names none. Source: Lambda Developer Guide, SQS scaling. */
const defaultConcurrency = 5;
/** Longest wait of one ReceiveMessage call; short, so that a fault that begins meanwhile is soon met. */
const longPollSeconds = 2;

/** Feeds a queue to a function until it is closed. */
export class QueuePoller {
  readonly #args: QueuePollerArgs;
  readonly #stop = new AbortController();
  readonly #batches = new Set<Promise<void>>();
  readonly #backOff: BackOff;
  readonly #loop: Promise<void>;

  constructor(args: QueuePollerArgs) {
    this.#args = args;
    this.#backOff = new BackOff(args.log, args.mapping.sourceArn);
    this.#loop = this.#run();
  }

  /** Stops polling; what is under way is given up, and its messages become visible again. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#loop, ...this.#batches]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const { maximumConcurrency = defaultConcurrency } = this.#args.mapping.settings;
    while (!signal.aborted) {
      const messages = await this.#attempt("receive", () => this.#receiveBatch(signal));
      if (!messages || messages.length === 0) continue;
      const batch = this.#process(messages, signal).finally(() => this.#batches.delete(batch));
      this.#batches.add(batch);
      if (this.#batches.size >= maximumConcurrency) await Promise.race(this.#batches);
    }
  }

  async #receiveBatch(signal: AbortSignal): Promise<ReceivedMessage[]> {
    const { queue, mapping } = this.#args;
    const { batchSize, batchingWindowSeconds } = mapping.settings;
    const messages = await queue.receive(batchSize, longPollSeconds, signal);
    const windowEndsMs = performance.now() + batchingWindowSeconds * 1000;
    while (messages.length > 0 && messages.length < batchSize) {
      const leftMs = windowEndsMs - performance.now();
      // What has been received is worked on, whatever becomes of the next call.
      const more = await this.#attempt("receive", () =>
        queue.receive(batchSize - messages.length, 0, signal),
      );
      if (!more) break;
      messages.push(...more);
      if (more.length > 0) continue;
      if (leftMs <= 0) break;
      await delay(Math.min(leftMs, 50), undefined, { signal });
    }
    return messages;
  }

  async #process(messages: readonly ReceivedMessage[], signal: AbortSignal): Promise<void> {
    const { mapping, queue, invoke, log } = this.#args;
    const result = await this.#attempt("invoke", () =>
      invoke(batchEvent(messages, mapping.sourceArn), signal),
    );
    if (!result) return;
    if (result.functionError) {
      mapping.lastResult = "PROBLEM: Function call failed";
      return;
    }
    mapping.lastResult = "OK";
    const failed = mapping.settings.reportBatchItemFailures
      ? failedItems(
          result.payload,
          messages.map(({ MessageId }) => MessageId),
        )
      : new Set<string>();
    if (failed.size > 0)
      log({
        event: "batch-item-failures",
        queue: mapping.sourceArn,
        failed: failed.size,
        of: messages.length,
      });
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
    await this.#attempt("delete", () => queue.delete(done, signal));
  }

  /** Runs one call; logs a failure and waits longer after each one in a row. */
  #attempt<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
    return this.#backOff.attempt(what, run, this.#stop.signal);
  }
}
