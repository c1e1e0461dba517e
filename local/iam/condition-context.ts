import type { OneOrMany } from "./policy-document.ts";

/** Condition key, in lower case, → its value or values in this request; `undefined` as it has none. */
export type ConditionContext = (key: string) => OneOrMany<string> | undefined;

/** A context of fixed values. Keys are condition keys in any case. */
export function contextOf(
  values: Readonly<Record<string, OneOrMany<string> | undefined>>,
): ConditionContext {
  const byKey = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return (key) => byKey.get(key);
}
