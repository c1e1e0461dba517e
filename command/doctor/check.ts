/** One thing that a drill needs, or that some of its options need. */
export interface Check {
  /**
   * `ready`; `missing`, without which nothing runs; or `optional`, which is missing and needed by some
   * options only.
   */
  readonly state: "ready" | "missing" | "optional";
  /** One sentence: what is fine, or what to do. */
  readonly text: string;
}

const marks = { ready: "✔", missing: "✘", optional: "–" } as const;

/**
 * A line for each check, and a last one that counts what is to be done.
 *
 * @param next the command to type when nothing is
 */
export function formatChecks(checks: readonly Check[], next: string): string {
  const missing = checks.filter(({ state }) => state === "missing").length;
  const last =
    missing === 0
      ? `Ready: ${next}`
      : `${String(missing)} ${missing === 1 ? "thing" : "things"} to do.`;
  return [...checks.map(({ state, text }) => `${marks[state]} ${text}`), "", last, ""].join("\n");
}
