/** A filter of a target: an attribute's path in Pascal case, and the values of which it has one. */
export interface TargetFilter {
  readonly path: string;
  readonly values: readonly string[];
}

/**
 * Whether an attribute of a resource has one of the values; of a list one entry is enough.
 * Source: FIS User Guide, "Resource filters".
 */
export function matchesFilter(description: unknown, { path, values }: TargetFilter): boolean {
  return valuesAt(description, path.split(".")).some((value) => values.includes(String(value)));
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((each) => valuesAt(each, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return value === undefined || value === null ? [] : [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return [];
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], rest);
}
