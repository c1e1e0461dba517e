/** Why the drill cannot run, in one sentence that says what to do. */
export class CannotRunError extends Error {
  override readonly name = "CannotRunError";
}
