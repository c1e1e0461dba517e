import { queueNowMs } from "./stored-message.ts";

/** Source: SQS Developer Guide, "Exactly-once processing in Amazon SQS". */
const windowMs = 5 * 60 * 1000;

export interface Acceptance {
  readonly MessageId: string;
  readonly SequenceNumber: string;
}

/** What a FIFO queue or topic has accepted within the last five minutes. */
export class Deduplication<A = Acceptance> {
  readonly #accepted = new Map<string, { readonly atMs: number; readonly as: A }>();

  /** How the message with this key was accepted, if it was. */
  find(key: string): A | undefined {
    const nowMs = queueNowMs();
    for (const [old, { atMs }] of this.#accepted) {
      if (atMs + windowMs > nowMs) break;
      this.#accepted.delete(old);
    }
    return this.#accepted.get(key)?.as;
  }

  add(key: string, as: A): void {
    this.#accepted.set(key, { atMs: queueNowMs(), as });
  }
}
