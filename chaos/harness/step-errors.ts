/** Something that the experiment expects does not hold. */
export class NotHeldError extends Error {
  override readonly name = "NotHeldError";
}

/** Something that is expected to be quick was slow, which may be the machine's doing. */
export class TooSlowError extends NotHeldError {}

/** Something does not hold by so much that no busy machine explains it. */
export class CertainlyNotHeldError extends NotHeldError {}

/** The run cannot tell whether the hypothesis holds. */
export class UndecidedError extends Error {
  override readonly name = "UndecidedError";
}

/** This cannot be had on this target; the message says why. */
export class NotApplicableError extends Error {
  override readonly name = "NotApplicableError";
}

/** Throws a `NotHeldError` unless the condition is true. */
export function hold(condition: boolean, message: string): asserts condition {
  if (!condition) throw new NotHeldError(message);
}
