/** Wrong usage of a command; the message is the sentence to print. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
