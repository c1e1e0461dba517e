import { AgeList } from "./age-list.ts";
import { FifoOrder } from "./fifo-order.ts";
import type { MessageOrder } from "./message-order.ts";
import { StandardOrder } from "./standard-order.ts";
import { queueNowMs, type StoredMessage } from "./stored-message.ts";
import { Timeline } from "./timeline.ts";

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface Taking {
  readonly most: number;
  readonly visibilityMs: number;
  /** Whether a message is not to be given any more; it is removed then. */
  givesUp(message: StoredMessage): boolean;
}

/** The messages of one queue: exact counts, whoever asks. */
export class MessageBuffer {
  readonly #byId = new Map<string, StoredMessage>();
  readonly #order: MessageOrder;
  readonly #timeline = new Timeline((id) => {
    const message = this.#byId.get(id);
    return message && message.state !== "visible" ? message.dueMs : undefined;
  });
  readonly #ages = new AgeList((message) => this.#byId.get(message.id) === message);
  readonly #retentionMs: () => number;
  readonly #counts = { visible: 0, "in flight": 0, delayed: 0 };
  readonly #waiting = new Set<() => void>();

  /** @param retentionMs how long a message is kept, from its sending */
  constructor(isFifo: boolean, retentionMs: () => number) {
    this.#order = isFifo ? new FifoOrder() : new StandardOrder();
    this.#retentionMs = retentionMs;
  }

  add(message: StoredMessage): void {
    this.#byId.set(message.id, message);
    this.#counts[message.state] += 1;
    this.#order.add(message);
    this.#ages.add(message, this.#byId.size);
    if (message.state === "visible") this.#wake();
    else this.#timeline.add(message.id, message.dueMs, this.#byId.size);
  }

  /** Messages that are in flight from now on. */
  take({ most, visibilityMs, givesUp }: Taking): StoredMessage[] {
    const nowMs = this.#advance();
    const taken: StoredMessage[] = [];
    if (most === 0) return taken;
    for (const message of this.#order.next()) {
      if (this.#isExpired(message, nowMs) || givesUp(message)) this.#remove(message);
      else {
        message.receives += 1;
        message.firstReceivedMs ??= nowMs;
        message.lastReceivedMs = nowMs;
        this.#setState(message, "in flight");
        this.#order.hide(message);
        taken.push(message);
        if (taken.length === most) break;
      }
    }
    // Only now, because a message may be visible again at once.
    for (const message of taken) this.hideFor(message, visibilityMs);
    return taken;
  }

  find(id: string): StoredMessage | undefined {
    this.#advance();
    return this.#byId.get(id);
  }

  remove(message: StoredMessage): void {
    if (this.#byId.has(message.id)) this.#remove(message);
  }

  /** Sets when a message in flight becomes visible: at once for 0. */
  hideFor(message: StoredMessage, ms: number): void {
    message.dueMs = queueNowMs() + ms;
    if (ms > 0) this.#timeline.add(message.id, message.dueMs, this.#byId.size);
    else this.#show(message);
    this.#wake();
  }

  clear(): void {
    this.#byId.clear();
    this.#order.clear();
    this.#timeline.clear();
    this.#ages.clear();
    Object.assign(this.#counts, { visible: 0, "in flight": 0, delayed: 0 });
  }

  counts(): MessageCounts {
    this.#advance();
    const { visible, "in flight": inFlight, delayed } = this.#counts;
    return { visible, inFlight, delayed };
  }

  /** When the oldest message was sent; `undefined` for an empty queue. Reads all of them. */
  oldestSentMs(): number | undefined {
    this.#advance();
    let oldest: number | undefined;
    for (const { sentMs } of this.#byId.values())
      if (oldest === undefined || sentMs < oldest) oldest = sentMs;
    return oldest;
  }

  /**
   * Resolves when a message may have become visible, at the latest after `ms`, or when the signal
   * aborts.
   */
  changed(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const dueInMs = this.#timeline.nextMs() - queueNowMs();
      // A timer may fire a little early; a message that is due is then looked for again.
      const timer = setTimeout(end, Math.max(1, Math.ceil(Math.min(ms, dueInMs))));
      this.#waiting.add(end);
      signal?.addEventListener("abort", end, { once: true });
      if (signal?.aborted) end();
    });
  }

  /** Lets all who wait for a message look again, such as at a queue that was deleted. */
  wakeAll(): void {
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** What is due becomes visible, and what is too old is gone. */
  #advance(): number {
    const nowMs = queueNowMs();
    for (;;) {
      const id = this.#timeline.takeDue(nowMs);
      if (id === undefined) break;
      const message = this.#byId.get(id);
      if (message) this.#show(message);
    }
    for (;;) {
      const oldest = this.#ages.first();
      if (!oldest || !this.#isExpired(oldest, nowMs)) return nowMs;
      this.#remove(oldest);
    }
  }

  #show(message: StoredMessage): void {
    this.#setState(message, "visible");
    this.#order.show(message);
  }

  #remove(message: StoredMessage): void {
    this.#byId.delete(message.id);
    this.#counts[message.state] -= 1;
    this.#order.remove(message);
  }

  #setState(message: StoredMessage, state: StoredMessage["state"]): void {
    this.#counts[message.state] -= 1;
    message.state = state;
    this.#counts[state] += 1;
  }

  #isExpired({ sentMs }: StoredMessage, nowMs: number): boolean {
    return sentMs + this.#retentionMs() <= nowMs;
  }
}
