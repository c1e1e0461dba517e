import type { MessageOrder } from "./message-order.ts";
import type { StoredMessage } from "./stored-message.ts";

/** Given places before which the list is shortened. */
const shortenAt = 1_024;

/** As sent; what was received and not deleted comes again behind the others. */
export class StandardOrder implements MessageOrder {
  #visible: (StoredMessage | undefined)[] = [];
  /** Places before this one have been given. */
  #first = 0;
  readonly #deleted = new WeakSet<StoredMessage>();

  add(message: StoredMessage): void {
    if (message.state === "visible") this.#visible.push(message);
  }

  hide(): void {
    // It left the list when it was given.
  }

  show(message: StoredMessage): void {
    this.#visible.push(message);
  }

  remove(message: StoredMessage): void {
    if (message.state === "visible") this.#deleted.add(message);
  }

  *next(): Iterable<StoredMessage> {
    while (this.#first < this.#visible.length) {
      const message = this.#visible[this.#first];
      this.#visible[this.#first] = undefined;
      this.#first += 1;
      if (this.#first >= shortenAt && this.#first * 2 > this.#visible.length) {
        this.#visible = this.#visible.slice(this.#first);
        this.#first = 0;
      }
      if (message && !this.#deleted.has(message)) yield message;
    }
  }

  clear(): void {
    this.#visible = [];
    this.#first = 0;
  }
}
