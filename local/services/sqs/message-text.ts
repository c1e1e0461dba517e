import { AwsError } from "../../wire/aws-error.ts";

/**
 * What SQS and SNS do not accept in a text: everything that XML 1.0 has no character for, lone halves
 * of surrogate pairs included. Source: SQS API, SendMessage; SNS FAQ, "What is the format of messages".
 */
const refusedCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Source: SQS API, SendMessage; the sentence as SQS writes it. */
const validCharacters =
  "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";

/** Whether every character of a text is one that a queue accepts. */
export function isMessageText(text: string): boolean {
  return !refusedCharacter.test(text);
}

/** Throws an error with this code for a text with a character that no queue accepts. */
export function checkMessageText(text: string, code: string): void {
  if (!isMessageText(text)) throw new AwsError(code, validCharacters);
}
