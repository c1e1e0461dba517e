import { randomUUID } from "node:crypto";
import type { StoredMessage } from "./stored-message.ts";

/** What a handle is of. */
export interface Receipt {
  readonly messageId: string;
  /** How many times the message had been received, this time included. */
  readonly receives: number;
}

/** A handle for what was just received. */
export function writeReceiptHandle(queueArn: string, { id, receives }: StoredMessage): string {
  return Buffer.from(`${randomUUID()} ${queueArn} ${id} ${String(receives)}`).toString("base64");
}

/** What a handle is of; `undefined` for a text that is no handle of this queue. */
export function readReceiptHandle(queueArn: string, handle: string): Receipt | undefined {
  const [, arn, messageId, receives, ...rest] = Buffer.from(handle, "base64")
    .toString("latin1")
    .split(" ");
  if (arn !== queueArn || messageId === undefined || rest.length > 0) return undefined;
  return /^\d+$/.test(receives ?? "") ? { messageId, receives: Number(receives) } : undefined;
}
