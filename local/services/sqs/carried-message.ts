import type { MessageAttributes } from "./message-attributes.ts";

/** A message as its sender gave it. */
export interface SentMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** System attributes that fauxqs does not keep, or keeps in another form. */
  readonly system: Readonly<Record<string, string>>;
}

/** Members of the input of fauxqs's SendMessage. */
interface CarriedInput {
  readonly MessageBody: string;
  readonly MessageAttributes: Readonly<Record<string, object>>;
}

const carrier = "carried";

/**
 * fauxqs refuses what SQS accepts (any character above U+FFFF) and counts sizes otherwise. It is
 * therefore handed a body of one character, and the message in an attribute, which it neither reads
 * nor counts.
 */
export function carry(message: SentMessage): CarriedInput {
  return { MessageBody: "-", MessageAttributes: { [carrier]: { DataType: "", message } } };
}

/** The message that was carried, from what fauxqs hands out. */
export function uncarry(received: { readonly MessageAttributes?: object }): SentMessage {
  const attributes = received.MessageAttributes as
    Record<string, { readonly message?: SentMessage }> | undefined;
  const message = attributes?.[carrier]?.message;
  if (!message) throw new Error("A message of fauxqs that was not sent from here.");
  return message;
}
