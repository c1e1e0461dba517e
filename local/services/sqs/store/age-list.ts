import type { StoredMessage } from "./stored-message.ts";

/** Places above twice the messages that are kept, plus this, are of messages that are gone. */
const slack = 1_024;

/** Messages in the order in which they came, without those that are gone. */
export class AgeList {
  #messages: StoredMessage[] = [];
  #first = 0;
  readonly #isKept: (message: StoredMessage) => boolean;

  constructor(isKept: (message: StoredMessage) => boolean) {
    this.#isKept = isKept;
  }

  add(message: StoredMessage, kept: number): void {
    this.#messages.push(message);
    if (this.#messages.length <= 2 * kept + slack) return;
    this.#messages = this.#messages.filter((each) => this.#isKept(each));
    this.#first = 0;
  }

  /** The one that came first. */
  first(): StoredMessage | undefined {
    for (; this.#first < this.#messages.length; this.#first++) {
      const message = this.#messages[this.#first];
      if (message && this.#isKept(message)) return message;
    }
    return undefined;
  }

  clear(): void {
    this.#messages = [];
    this.#first = 0;
  }
}
