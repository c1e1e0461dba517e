import { randomUUID } from "node:crypto";

/** A request id as AWS services answer it. */
export function createRequestId(): string {
  return randomUUID();
}
