/**
 * The order of writes. Each accepted write gets an integer of microseconds since the epoch (below
 * 2^53 until the year 2255); the table keeps the highest, so a late message never overwrites a
 * newer write and a second delivery of the same one changes nothing.
 *
 * The millisecond is the wall clock's, which all hosts keep in step. The fraction comes from the
 * performance clock, which is finer but drifts from the wall clock, so it is kept inside that
 * millisecond. Within one execution environment versions never repeat and never go back.
 */
export interface WriteVersions {
  /**
   * @param after a version the new one must exceed, such as the one stored by another host whose
   * clock runs ahead. Versions that follow are above it too, as in a hybrid logical clock
   * (Kulkarni et al., 2014).
   */
  next(after?: number): number;
}

/** What versions are made of. */
export interface Clocks {
  /** Milliseconds since the epoch, whole. */
  wallMs(): number;
  /** Milliseconds since the epoch with a fraction. */
  fineMs(): number;
}

const SYSTEM_CLOCKS: Clocks = {
  wallMs: () => Date.now(),
  fineMs: () => performance.timeOrigin + performance.now(),
};

export function createWriteVersions(clocks: Clocks = SYSTEM_CLOCKS): WriteVersions {
  let last = 0;
  return {
    next(after = 0) {
      const start = clocks.wallMs() * 1_000;
      const fine = Math.floor(clocks.fineMs() * 1_000);
      const now = Math.min(Math.max(fine, start), start + 999);
      last = Math.max(now, last + 1, after + 1);
      return last;
    },
  };
}
