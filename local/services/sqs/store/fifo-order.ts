import type { MessageOrder } from "./message-order.ts";
import type { StoredMessage } from "./stored-message.ts";

interface Group {
  readonly id: string;
  /** Those that are not deleted, as sent. */
  readonly messages: StoredMessage[];
  readonly inFlight: Set<StoredMessage>;
}

/**
 * As sent within each group. A group with a message in flight gives none, and one whose first message
 * is delayed neither. Source: SQS Developer Guide, "FIFO queue delivery logic".
 */
export class FifoOrder implements MessageOrder {
  readonly #groups = new Map<string, Group>();
  /** Those that may give messages; the one that has waited longest first. */
  readonly #open = new Set<Group>();

  add(message: StoredMessage): void {
    const id = message.groupId ?? "";
    const group = this.#groups.get(id) ?? { id, messages: [], inFlight: new Set() };
    this.#groups.set(id, group);
    group.messages.push(message);
    this.#refresh(group);
  }

  hide(message: StoredMessage): void {
    const group = this.#groups.get(message.groupId ?? "");
    group?.inFlight.add(message);
    if (group) this.#open.delete(group);
  }

  show(message: StoredMessage): void {
    const group = this.#groups.get(message.groupId ?? "");
    if (!group) return;
    group.inFlight.delete(message);
    this.#refresh(group);
  }

  remove(message: StoredMessage): void {
    const group = this.#groups.get(message.groupId ?? "");
    if (!group) return;
    group.inFlight.delete(message);
    const at = group.messages.indexOf(message);
    if (at >= 0) group.messages.splice(at, 1);
    if (group.messages.length === 0) this.#groups.delete(group.id);
    this.#refresh(group);
  }

  *next(): Iterable<StoredMessage> {
    for (const group of this.#open) {
      let at = 0;
      while (at < group.messages.length) {
        const message = group.messages[at];
        if (message?.state !== "visible") break;
        yield message;
        // It is still there when it was received, and not when it was given up.
        if (group.messages[at] === message) at += 1;
      }
    }
  }

  clear(): void {
    this.#groups.clear();
    this.#open.clear();
  }

  #refresh(group: Group): void {
    if (group.inFlight.size > 0 || group.messages[0]?.state !== "visible") this.#open.delete(group);
    else this.#open.add(group);
  }
}
