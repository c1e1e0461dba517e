import { setTimeout as wait } from "node:timers/promises";
import type { Workload } from "../workload-contract.ts";
import type { DeployedApp } from "./app.ts";
import { nowMs } from "./history.ts";
import type { Pace } from "./pace.ts";

/** What acknowledged writes wait in, such as the messages of a queue, by the workload's names. */
export type Pending = Readonly<Record<string, number>>;

/** One measurement; `atMs` is in milliseconds since the epoch. */
export type PendingSample = { readonly atMs: number } & Pending;

/** A call that a fault holds back must not hold back the watch. */
const callTimeoutMs = 1_000;

export function isEmpty(pending: Pending): boolean {
  return totalPending(pending) === 0;
}

/** Samples what is pending until it is closed. Calls that fail give no sample. */
export class PendingWatch {
  readonly samples: PendingSample[] = [];
  readonly #closing = new AbortController();
  readonly #done: Promise<void>;

  constructor(read: (signal: AbortSignal) => Promise<Pending>, intervalMs: number) {
    this.#done = this.watch(read, intervalMs);
  }

  /**
   * Since when nothing has been pending in any sample, not counting samples from before `sinceMs`. One
   * sample is not enough: a message on its way from a topic is in no count.
   */
  emptySinceMs(sinceMs: number): number | undefined {
    const filled = this.samples.findLastIndex((sample) => !isEmpty(sample));
    const empty = this.samples.slice(filled + 1).filter(({ atMs }) => atMs >= sinceMs);
    return empty.length > 1 ? empty[0]?.atMs : undefined;
  }

  /**
   * The least that has been pending in the last `forMs`, if it was no more before that; undefined when
   * it has become less, was nothing, or has not been watched for so long.
   */
  stalledSince(forMs: number): number | undefined {
    const last = this.samples.at(-1);
    const fromMs = (last?.atMs ?? 0) - forMs;
    const begin = this.samples.findLast(({ atMs }) => atMs <= fromMs);
    if (!begin) return undefined;
    const least = Math.min(...this.samples.filter(({ atMs }) => atMs > fromMs).map(totalPending));
    return least > 0 && least >= totalPending(begin) ? least : undefined;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#done;
  }

  private async watch(
    read: (signal: AbortSignal) => Promise<Pending>,
    intervalMs: number,
  ): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const timeout = AbortSignal.any([signal, AbortSignal.timeout(callTimeoutMs)]);
      const pending = await read(timeout).catch(() => undefined);
      if (pending) this.samples.push({ atMs: nowMs(), ...pending });
      await wait(intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Watches what the workload calls pending. */
export function watchPending(
  workload: Pick<Workload, "pending">,
  app: DeployedApp,
  { queueIntervalMs }: Pick<Pace, "queueIntervalMs">,
): PendingWatch {
  const read = async (signal: AbortSignal) => (await workload.pending?.(app.during(signal))) ?? {};
  return new PendingWatch(read, queueIntervalMs);
}

/** Of a sample as well, whose time is no count. */
export function totalPending(pending: Pending): number {
  return Object.entries(pending).reduce(
    (sum, [name, count]) => (name === "atMs" ? sum : sum + count),
    0,
  );
}
