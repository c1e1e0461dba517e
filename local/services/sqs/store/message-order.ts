import type { StoredMessage } from "./stored-message.ts";

/** Which of the visible messages is given next. */
export interface MessageOrder {
  /** Adds a message at its end. */
  add(message: StoredMessage): void;
  /** A message that was given is in flight. */
  hide(message: StoredMessage): void;
  /** A message that was in flight or delayed has become visible. */
  show(message: StoredMessage): void;
  /** A message is gone, whatever its state was. */
  remove(message: StoredMessage): void;
  /**
   * Visible messages in the order in which they are given. Each must be hidden or removed before the
   * next one is asked for.
   */
  next(): Iterable<StoredMessage>;
  clear(): void;
}
