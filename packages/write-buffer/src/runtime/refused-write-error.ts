/**
 * A write that no later attempt can apply, such as an item that is too large. Thrown by `apply`, it
 * moves the message to the dead-letter queue; any other error means that it may be applied later.
 */
export class RefusedWriteError extends Error {
  override readonly name: string = "RefusedWriteError";
  /** What the dead letter says in its attribute `reason`: a word, such as refused-item. */
  readonly reason: string;

  /** @param message one sentence, which the dead letter carries in its attribute `detail`. */
  constructor(message: string, options: ErrorOptions & { readonly reason?: string } = {}) {
    super(message, options);
    this.reason = options.reason ?? "refused-write";
  }
}
