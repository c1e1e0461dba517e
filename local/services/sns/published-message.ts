import type { MessageAttributes } from "../sqs/message-attributes.ts";

/** A message as its publisher gave it, checked. */
export interface PublishedMessage {
  /** Body by protocol, where the publisher gave one for each; `default` is that of all others. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** The body for a protocol: `sqs` or `lambda`. */
export function bodyFor({ bodies }: PublishedMessage, protocol: string): string {
  return bodies.get(protocol) ?? bodies.get("default") ?? "";
}
