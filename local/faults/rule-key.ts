/**
 * A text that is the same for two rules of the Chaos API which say the same, in whatever order their
 * members stand. Thousands of rules are compared by it in one pass.
 */
export function ruleKey(rule: unknown): string {
  return JSON.stringify(rule, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
