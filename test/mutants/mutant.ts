import type { AnomalyKind } from "../../chaos/harness/anomaly.ts";

/** A text that stands exactly once in a file, and what stands there instead. */
export interface Edit {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The application with one change, as somebody might really have written it. */
export interface Mutant {
  readonly name: string;
  /** What is wrong with it, or unusual about it. */
  readonly what: string;
  readonly edits: readonly Edit[];
  /** The experiments that are to show it. */
  readonly experiments: readonly string[];
  /**
   * What a drill has to find: an anomaly of one of these kinds, or an expectation that does not hold.
   * Absent for an application that is right, which no drill may blame.
   */
  readonly shows?: readonly (AnomalyKind | "expectation")[];
}
