import type { SentMessage } from "./sent-message.ts";

/** A message that a queue holds. Times are milliseconds since the epoch, of one monotonic clock. */
export interface StoredMessage extends SentMessage {
  readonly id: string;
  readonly sentMs: number;
  /** Of a FIFO queue. */
  readonly groupId: string | undefined;
  readonly sequenceNumber: string | undefined;
  /** ARN of the queue that gave it up. */
  readonly deadLetterSource: string | undefined;
  state: "visible" | "delayed" | "in flight";
  /** When it becomes visible, unless it is. */
  dueMs: number;
  receives: number;
  firstReceivedMs: number | undefined;
  lastReceivedMs: number | undefined;
}

/** Milliseconds since the epoch, never going back. */
export function queueNowMs(): number {
  return performance.timeOrigin + performance.now();
}
