/** What of a resource the in-process engine does not carry out. */
export interface Refusal {
  /** A sentence without a capital, such as `the input "x" is not applied by the in-process engine.` */
  readonly reason: string;
  /** The part that is in the way, such as `the input "x"`; empty for the resource as a whole. */
  readonly part: string;
}

/** Thrown for what the in-process engine cannot carry out, before it has called anything for it. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly refusals: readonly Refusal[];

  /** @param refusals one or several; a sentence alone refuses the resource as a whole */
  constructor(refusals: string | readonly Refusal[]) {
    const all = typeof refusals === "string" ? [{ reason: refusals, part: "" }] : refusals;
    super(all.map(({ reason }) => reason).join("\n"));
    this.refusals = all;
  }
}
