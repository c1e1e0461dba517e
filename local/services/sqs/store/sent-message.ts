import type { MessageAttributes } from "../message-attributes.ts";

/** A message as its sender gave it. */
export interface SentMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** System attributes that the sender gave: AWSTraceHeader, MessageDeduplicationId, … */
  readonly system: Readonly<Record<string, string>>;
}
