import type { SQSClient } from "@aws-sdk/client-sqs";
import { setTimeout as wait } from "node:timers/promises";
import { nowMs } from "./history.ts";
import { isEmpty, queueDepth } from "./probes/queue-depth.ts";
import type { QueueDepth } from "./probes/queue-depth.ts";

export interface QueueSample extends QueueDepth {
  readonly atMs: number;
}

/** A call that a fault holds back must not hold back the watch. */
const callTimeoutMs = 1_000;

/** Samples the depth of a queue until it is closed. Calls that fail give no sample. */
export class QueueWatch {
  readonly samples: QueueSample[] = [];
  readonly #closing = new AbortController();
  readonly #done: Promise<void>;

  constructor(client: SQSClient, queueUrl: string, intervalMs: number) {
    this.#done = this.watch(client, queueUrl, intervalMs);
  }

  /**
   * Since when the queue has been empty in every sample, not counting samples from before `sinceMs`.
   * One sample is not enough: a message on its way from the topic is in no count.
   */
  emptySinceMs(sinceMs: number): number | undefined {
    const filled = this.samples.findLastIndex((sample) => !isEmpty(sample));
    const empty = this.samples.slice(filled + 1).filter(({ atMs }) => atMs >= sinceMs);
    return empty.length > 1 ? empty[0]?.atMs : undefined;
  }

  /**
   * The least that the queue has held in the last `forMs`, if it held no more before that; undefined
   * when it has become shorter, was empty, or has not been watched for so long.
   */
  stalledSince(forMs: number): number | undefined {
    const last = this.samples.at(-1);
    const fromMs = (last?.atMs ?? 0) - forMs;
    const total = ({ visible, inFlight, delayed }: QueueDepth) => visible + inFlight + delayed;
    const begin = this.samples.findLast(({ atMs }) => atMs <= fromMs);
    if (!begin) return undefined;
    const least = Math.min(...this.samples.filter(({ atMs }) => atMs > fromMs).map(total));
    return least > 0 && least >= total(begin) ? least : undefined;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#done;
  }

  private async watch(client: SQSClient, queueUrl: string, intervalMs: number): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const timeout = AbortSignal.any([signal, AbortSignal.timeout(callTimeoutMs)]);
      const depth = await queueDepth(client, queueUrl, timeout).catch(() => undefined);
      if (depth) this.samples.push({ atMs: nowMs(), ...depth });
      await wait(intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
